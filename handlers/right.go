package handlers

import (
	"context"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

// A right says who may use a route.
type right struct {
	name string
	held func(models.Rights) bool
}

// The rights that routes require. The right to change what belongs to a state is
// checked again where it is changed.
var (
	anyone        = right{"anyone", nil}
	member        = right{"member", func(models.Rights) bool { return true }} // whoever has signed in
	enrolling     = right{"enrolling", member.held}                           // even without a required second factor
	reader        = right{"reader", models.Rights.Reads}
	coordinator   = right{"coordinator", func(r models.Rights) bool { return r.Holds(models.Coordinator) }}
	secretariat   = right{"secretariat", func(r models.Rights) bool { return r.MayChange("") }}
	auditor       = right{"auditor", func(r models.Rights) bool { return r.Holds(models.Auditor) }}
	administrator = right{"administrator", func(r models.Rights) bool { return r.Holds(models.Administrator) }}
)

// admit returns why the visitor may not use a route: errSignIn, errSecondFactor or
// db.ErrForbidden.
func (s *server) admit(c *gin.Context, r route) error {
	if r.right.held == nil {
		return nil
	}
	v := visitorOf(c.Request.Context())
	if v == nil {
		return errSignIn
	}
	if !r.right.held(v.account.Rights) {
		return db.ErrForbidden
	}
	if v.token || r.right.name == enrolling.name || !s.mustHaveSecondFactor(v.account.Rights) {
		return nil
	}
	if v.factors || v.account.Demo {
		return nil
	}
	has, err := s.store.HasSecondFactor(c.Request.Context(), v.account.ID)
	if err == nil && !has {
		err = errSecondFactor
	}
	return err
}

// mustHaveSecondFactor reports whether the settings require a second factor of
// somebody with these rights.
func (s *server) mustHaveSecondFactor(rights models.Rights) bool {
	for _, role := range s.secondFactor {
		if rights.Holds(role) {
			return true
		}
	}
	return false
}

// notYours adds the problem of a field whose choice makes a record one that the visitor
// may not change, as the role that keeps such records is not held there.
func notYours(ctx context.Context, ps *models.Problems, field string, role models.Role) {
	problem(ps, field, "problem.not_yours", "states", rightsOf(ctx).States(role))
}

// changeable returns db.ErrForbidden unless the visitor may change what belongs to
// a state.
func changeable(ctx context.Context, state models.State) error {
	if !rightsOf(ctx).MayChange(state) {
		return db.ErrForbidden
	}
	return nil
}
