package db

import (
	"errors"
	"testing"

	"samband/models"
)

// A hall is a board with a committee under it, a seat in the committee, a posting
// abroad and a desk, each held.
type hall struct {
	police, guard, customs models.Agency
	board, committee       models.Body
	seat, abroad, desk     models.Posting
	anna, bo, carl         models.Officer // of police, coast guard and Finnish customs
	away, sitting, by      models.Assignment
	project                models.Project
}

func addHall(t testing.TB, s *Store) *hall {
	t.Helper()
	always := models.Period{Last: models.Forever}
	x := &hall{
		police: models.Agency{Key: "se-police", Country: "SE", Kind: "police", Name: "Polismyndigheten", Period: always,
			Names: []models.AgencyName{{Name: "Rikspolisstyrelsen", Acronym: "RPS", Period: models.Period{Last: date("2014-12-31")}}}},
		guard:   models.Agency{Key: "se-guard", Country: "SE", Kind: models.CoastGuard, Name: "Kustbevakningen", Period: always},
		customs: models.Agency{Key: "fi-customs", Country: "FI", Kind: "customs", Name: "Tulli", Period: always},
		board: models.Body{Key: "bstf", Kind: models.Board, Name: "Baltic Sea Task Force", Founded: date("1996-05-03"), Ended: date("2045-12-31"),
			Members: []models.BodyMember{{Country: "SE", Role: models.FullMember, Period: always}}},
		committee: models.Body{Key: "opc", Parent: "bstf", Kind: models.Committee, Name: "Operative Committee", HqCountry: "SE", HqCity: "Visby", Founded: date("1998-01-01"), Ended: date("2045-12-31"),
			Names: []models.BodyName{{Name: "Steering Assembly", Period: period("1998-01-01/2010-12-31")}}},
		seat:    models.Posting{Key: "seat", HostBody: "opc", Opened: date("2000-01-01"), Closed: date("2040-12-31"), Areas: "narcotics"},
		abroad:  models.Posting{Key: "bangkok", HostCountry: "TH", HostCity: "Bangkok", Opened: date("2000-01-01"), Closed: models.Forever, Areas: "forensics narcotics"},
		desk:    models.Posting{Key: "desk", HostBody: "europol", Opened: date("2000-01-01"), Closed: models.Forever},
		anna:    models.Officer{Key: "o-anna", Name: "Anna Ek", Areas: "cybercrime"},
		bo:      models.Officer{Key: "o-bo", Name: "Bo Lind", Areas: "firearms"},
		carl:    models.Officer{Key: "o-carl", Name: "Carl Berg"},
		away:    models.Assignment{Key: "a-anna", Period: period("2020-01-01/2027-12-31")},
		sitting: models.Assignment{Key: "a-bo", Period: period("2020-01-01/2030-12-31")},
		by:      models.Assignment{Key: "a-carl", Period: period("2022-01-01/2029-12-31")},
		project: models.Project{Key: "harbours", Body: "bstf", Area: "narcotics", Title: "Harbours", LeadCountry: "SE", Period: always},
	}
	write(t, s, func(tx *Tx) error {
		err := errors.Join(tx.SaveAgency(&x.police), tx.SaveAgency(&x.guard), tx.SaveAgency(&x.customs), tx.SaveBody(&x.board), tx.SaveBody(&x.committee), tx.SaveProject(&x.project))
		x.seat.AgencyID, x.abroad.AgencyID, x.desk.AgencyID = x.guard.ID, x.police.ID, x.customs.ID
		x.anna.AgencyID, x.bo.AgencyID, x.carl.AgencyID = x.police.ID, x.guard.ID, x.customs.ID
		err = errors.Join(err, tx.SavePosting(&x.seat), tx.SavePosting(&x.abroad), tx.SavePosting(&x.desk), tx.SaveOfficer(&x.anna), tx.SaveOfficer(&x.bo), tx.SaveOfficer(&x.carl))
		x.away.OfficerID, x.sitting.OfficerID, x.by.OfficerID = x.anna.ID, x.bo.ID, x.carl.ID
		x.away.PostingID, x.sitting.PostingID, x.by.PostingID = x.abroad.ID, x.seat.ID, x.desk.ID
		return errors.Join(err, tx.SaveAssignment(&x.away), tx.SaveAssignment(&x.sitting), tx.SaveAssignment(&x.by))
	})
	return x
}

// absentIn returns the absence of the given days, with a stand-in.
func absentIn(days string, standIn int64) []models.Absence {
	return []models.Absence{{Period: period(days), StandInID: standIn}}
}
