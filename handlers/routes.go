package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// A route is one address of the site, and who answers there.
type route struct {
	method, path string
	handle       func(*gin.Context) error
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole site.
func (s *server) routes() []route {
	agencies, officers, postings := s.agencies(), s.officers(), s.postings()
	assignments, contactPoints := s.assignments(), s.contactPoints()
	return []route{
		{get, "/", s.showFront},
		{get, "/represent", s.showRepresent},
		{get, "/api/v1/represent", s.represent},
		{get, "/findings", s.showFindings},
		{get, "/findings.csv", s.findingsCSV},

		{get, "/postings", s.listPostings},
		{get, "/postings.csv", s.postingsCSV},
		{get, "/postings/new", postings.new},
		{post, "/postings", postings.create},
		{get, "/postings/:posting", s.showPosting},
		{get, "/postings/:posting/edit", postings.edit},
		{post, "/postings/:posting/edit", postings.update},
		{get, "/postings/:posting/remove", postings.askRemove},
		{post, "/postings/:posting/remove", postings.removeRecord},
		{get, "/postings/:posting/assignments/new", assignments.new},

		{get, "/officers", s.listOfficers},
		{get, "/officers.csv", s.officersCSV},
		{get, "/officers/new", officers.new},
		{post, "/officers", officers.create},
		{get, "/officers/:officer", s.showOfficer},
		{get, "/officers/:officer/edit", officers.edit},
		{post, "/officers/:officer/edit", officers.update},
		{get, "/officers/:officer/remove", officers.askRemove},
		{post, "/officers/:officer/remove", officers.removeRecord},
		{get, "/officers/:officer/assignments/new", assignments.new},

		{get, "/assignments", s.listAssignments},
		{get, "/assignments.csv", s.assignmentsCSV},
		{get, "/assignments/new", assignments.new},
		{post, "/assignments", assignments.create},
		{get, "/assignments/:assignment", s.showAssignment},
		{get, "/assignments/:assignment/edit", assignments.edit},
		{post, "/assignments/:assignment/edit", assignments.update},
		{get, "/assignments/:assignment/end", s.askEndAssignment},
		{post, "/assignments/:assignment/end", s.endAssignment},
		{get, "/assignments/:assignment/hand-over", s.askHandOver},
		{post, "/assignments/:assignment/hand-over", s.handOver},
		{get, "/assignments/:assignment/remove", assignments.askRemove},
		{post, "/assignments/:assignment/remove", assignments.removeRecord},

		{get, "/agencies", s.listAgencies},
		{get, "/agencies/new", agencies.new},
		{post, "/agencies", agencies.create},
		{get, "/agencies/:agency", s.showAgency},
		{get, "/agencies/:agency/edit", agencies.edit},
		{post, "/agencies/:agency/edit", agencies.update},
		{get, "/agencies/:agency/remove", agencies.askRemove},
		{post, "/agencies/:agency/remove", agencies.removeRecord},

		{get, "/contact-points", s.listContactPoints},
		{get, "/contact-points/new", contactPoints.new},
		{post, "/contact-points", contactPoints.create},
		{get, "/contact-points/:contact_point", s.showContactPoint},
		{get, "/contact-points/:contact_point/edit", contactPoints.edit},
		{post, "/contact-points/:contact_point/edit", contactPoints.update},
		{get, "/contact-points/:contact_point/remove", contactPoints.askRemove},
		{post, "/contact-points/:contact_point/remove", contactPoints.removeRecord},

		{post, "/language", s.chooseLanguage},
		{get, "/assets/*name", s.asset},
		{get, "/healthz", s.health},
	}
}
