package handlers

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// What a session holds.
const (
	keyAccount = "account" // that has signed in
	keyPending = "pending" // the account that still has to show its second factor
	keyAuthed  = "authed"  // when the provider of single sign-on last authenticated the person
	keyFactors = "factors" // whether it asked for more than one proof
	keyHow     = "how"     // what the pending account has shown
	keyBegan   = "began"
	keySeen    = "seen"
	keyAddress = "address"
	keyAgent   = "agent"
	keySecret  = "secret" // of a second factor not confirmed yet
	keySSO     = "sso"    // what must be kept while somebody is at the provider
)

// seenEvery is how precisely a session's last use is recorded.
const seenEvery = time.Minute

// newSessions returns the session manager, which keeps sessions in the store.
func (s *server) newSessions(secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = sessions{s}
	m.Lifetime = s.lifetime
	m.HashTokenInStore = true
	m.Cookie.Name = "samband"
	if secure {
		m.Cookie.Name = "__Host-samband"
	}
	m.Cookie.Secure = secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Persist = false
	return m
}

// sessions keeps sessions in the store.
type sessions struct{ s *server }

var _ scs.CtxStore = sessions{}

// foundKey is the key of a pointer to the ID of the session that a request
// began with.
type foundKey struct{}

// noteFound lets a request remember which session it began with. If that
// session is ended meanwhile, it must not come back when the request ends.
func noteFound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), foundKey{}, new(string))))
	})
}

func (k sessions) FindCtx(ctx context.Context, id string) ([]byte, bool, error) {
	found, err := k.s.store.Session(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, false, nil
	}
	if at, ok := ctx.Value(foundKey{}).(*string); ok && err == nil {
		*at = id
	}
	return found.Data, err == nil, err
}

func (k sessions) CommitCtx(ctx context.Context, id string, data []byte, expires time.Time) error {
	_, values, err := k.s.sessions.Codec.Decode(data) // the session itself is locked here
	if err != nil {
		return err
	}
	one := db.Session{ID: id, Data: data, Expires: expires}
	if one.Account, _ = values[keyAccount].(int64); one.Account == 0 {
		one.Account, _ = values[keyPending].(int64)
	}
	if k.onlySeen(ctx, id, values) {
		k.s.store.MarkSession(ctx, one)
		return nil
	}
	if at, ok := ctx.Value(foundKey{}).(*string); ok && *at == id {
		return k.s.store.RenewSession(ctx, one)
	}
	return k.s.store.SaveSession(ctx, one)
}

// onlySeen reports whether the session in the store differs in nothing but when
// it was last seen.
func (k sessions) onlySeen(ctx context.Context, id string, values map[string]any) bool {
	kept, err := k.s.store.Session(ctx, id)
	if err != nil {
		return false
	}
	_, before, err := k.s.sessions.Codec.Decode(kept.Data)
	if err != nil {
		return false
	}
	before[keySeen] = values[keySeen]
	return reflect.DeepEqual(before, values)
}

// expiredKey marks the context for ending a session that nobody can use any
// longer: it does not matter if the store keeps it.
type expiredKey struct{}

func (k sessions) DeleteCtx(ctx context.Context, id string) error {
	if ctx.Value(expiredKey{}) != nil {
		k.s.store.DropSession(ctx, id)
		return nil
	}
	return k.s.store.EndSession(ctx, id)
}

// scs.Store requires these too; the manager calls those above instead.
func (k sessions) Find(id string) ([]byte, bool, error) { return k.FindCtx(context.Background(), id) }
func (k sessions) Commit(id string, data []byte, expires time.Time) error {
	return k.CommitCtx(context.Background(), id, data, expires)
}
func (k sessions) Delete(id string) error { return k.DeleteCtx(context.Background(), id) }

// signedIn returns the visitor who has signed in with the browser, nil for
// nobody. It ends a session that has not been used for too long, or whose
// account is gone or disabled.
func (s *server) signedIn(c *gin.Context) (*visitor, error) {
	ctx := c.Request.Context()
	id := s.sessions.GetInt64(ctx, keyAccount)
	if id == 0 {
		return nil, nil
	}
	now, expired := s.now(), context.WithValue(ctx, expiredKey{}, true)
	seen := time.Unix(s.sessions.GetInt64(ctx, keySeen), 0)
	if now.Sub(seen) > s.idle {
		return nil, s.sessions.Destroy(expired)
	}
	account, err := s.store.Account(ctx, id)
	if errors.Is(err, db.ErrNotFound) || err == nil && account.Disabled {
		return nil, s.sessions.Destroy(expired)
	}
	if err != nil {
		return nil, err
	}
	if now.Sub(seen) > seenEvery {
		s.sessions.Put(ctx, keySeen, now.Unix())
	}
	v := &visitor{account: account, session: sessionID(s.sessions.Token(ctx)), factors: s.sessions.GetBool(ctx, keyFactors)}
	if at := s.sessions.GetInt64(ctx, keyAuthed); at != 0 {
		v.authed = time.Unix(at, 0)
	}
	return v, nil
}

// sessionID returns the ID under which the store keeps a session: the hash that
// the manager makes of its token.
func sessionID(token string) string {
	if token == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// A proof is how somebody signed in: what he or she showed and, for single
// sign-on, what the provider says about it.
type proof struct {
	how     string
	authed  int64 // in seconds since 1970, 0 if not known
	factors bool
}

// begin makes the session that of an account, with a new token, and notes the
// sign-in in the trail.
func (s *server) begin(c *gin.Context, a models.Account, by proof) error {
	ctx := c.Request.Context()
	if err := s.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	now := s.now().Unix()
	s.sessions.Put(ctx, keyAccount, a.ID)
	s.sessions.Put(ctx, keyAuthed, by.authed)
	s.sessions.Put(ctx, keyFactors, by.factors)
	s.sessions.Put(ctx, keyBegan, now)
	s.sessions.Put(ctx, keySeen, now)
	s.sessions.Put(ctx, keyAddress, c.ClientIP())
	s.sessions.Put(ctx, keyAgent, cut(c.Request.UserAgent(), 200))
	s.rememberDevice(c, a)
	actor := db.Actor{Account: a.ID, Rights: a.Rights, Request: requestID(c)}
	return s.store.Write(ctx, actor, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "sign_in", Noun: "account", ID: a.ID, About: []any{"how", by.how}})
	})
}

// cut returns the first most bytes of a text from outside, without what a
// database does not take.
func cut(s string, most int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	return s
}

// ownSessions returns the visitor's sessions.
func (s *server) ownSessions(ctx context.Context, v *visitor) (lines []views.SessionLine, err error) {
	all, err := s.store.Sessions(ctx, v.account.ID)
	for _, one := range all {
		_, values, bad := s.sessions.Codec.Decode(one.Data)
		if bad != nil || values[keyAccount] == nil {
			continue // unreadable, or still waiting for the second factor
		}
		text := func(key string) string { t, _ := values[key].(string); return t }
		at := func(key string) time.Time { n, _ := values[key].(int64); return time.Unix(n, 0) }
		lines = append(lines, views.SessionLine{ID: one.ID, Began: at(keyBegan), Seen: at(keySeen), Address: text(keyAddress),
			Agent: text(keyAgent), This: one.ID == v.session})
	}
	return lines, err
}

// deviceCookie returns the name of the cookie that proves that an account has
// signed in with this browser before.
func (s *server) deviceCookie() string {
	if s.secure {
		return "__Host-device"
	}
	return "device"
}

// rememberDevice gives the browser a proof that the account has signed in with
// it, so that others who guess at the account's password from elsewhere cannot
// lock it out.
func (s *server) rememberDevice(c *gin.Context, a models.Account) {
	s.remember(c, s.deviceCookie(), strconv.FormatInt(a.ID, 10)+"."+s.deviceProof(a.ID))
}

// proof returns what only this site can make of a text.
func (s *server) proof(text string) string {
	mac := hmac.New(sha256.New, s.deviceKey)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func (s *server) deviceProof(account int64) string {
	return s.proof("device " + strconv.FormatInt(account, 10))
}

// deviceAccount returns the account that has signed in with this browser last, 0 if
// none has.
func (s *server) deviceAccount(c *gin.Context) int64 {
	kept, _ := c.Cookie(s.deviceCookie())
	id, proof, _ := strings.Cut(kept, ".")
	account, err := strconv.ParseInt(id, 10, 64)
	if err != nil || !hmac.Equal([]byte(proof), []byte(s.deviceProof(account))) {
		return 0
	}
	return account
}

// knownDevice reports whether the account with an e-mail address has signed in
// with this browser before.
func (s *server) knownDevice(c *gin.Context, email string) bool {
	account := s.deviceAccount(c)
	if account == 0 {
		return false
	}
	a, err := s.store.Account(c.Request.Context(), account)
	return err == nil && a.Email == models.FoldEmail(email)
}
