// SQL by hand: the tables are read as they are, including what the program would never write.

package db

import (
	"database/sql"
	"strconv"
	"strings"

	"samband/db/trail"
	"samband/models"
)

// selecting returns the query of some columns of all rows of a table, in an order.
func selecting(table, columns, order string) string {
	return "SELECT " + columns + " FROM " + table + " ORDER BY " + order
}

func text10(n int64) string { return strconv.FormatInt(n, 10) }

var tokenTable = notedTable{noun: "token",
	query: selecting("tokens", "id, account_id, hash, role, made, expires, revoked", "id"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var account int64
		var hash, role, made string
		var expires models.Date
		var revoked bool
		err = rows.Scan(&id, &account, &hash, &role, &made, &expires, &revoked)
		return id, map[string]string{"account": text10(account), "hash": hash, "role": role, "made": made, "expires": expires.String(),
			"revoked": strconv.FormatBool(revoked)}, err
	},
	key: func(id int64, _ map[string]string) string { return text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		fields := map[string]string{"revoked": strconv.FormatBool(row.Action == "remove")}
		for _, name := range []string{"account", "role", "expires"} {
			fields[name] = about[name]
		}
		return fields
	},
}

var calendarTable = notedTable{noun: "calendar",
	query: selecting("calendars", "id, account_id, hash, about, holds, lang, made", "id"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var account int64
		var hash, about, holds, lang, made string
		err = rows.Scan(&id, &account, &hash, &about, &holds, &lang, &made)
		return id, map[string]string{"account": text10(account), "hash": hash, "of": about, "sorts": holds, "lang": lang, "made": made}, err
	},
	key: func(id int64, _ map[string]string) string { return text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		if row.Action == trail.Remove {
			return nil
		}
		return map[string]string{"account": about["account"], "of": about["of"], "sorts": about["sorts"]}
	},
}

var planTable = notedTable{noun: "plan",
	query: selecting("plans", "id, version, name, account_id, note, steps, revision", "id"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var version, account, revision int64
		var name, note, steps string
		err = rows.Scan(&id, &version, &name, &account, &note, &steps, &revision)
		return id, map[string]string{"version": text10(version), "name": name, "account": text10(account), "note": note, "steps": steps,
			"revision": text10(revision)}, err
	},
	key: func(id int64, _ map[string]string) string { return text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		if row.Action == "discard" || row.Action == "carry_out" && (about[trail.Vouched] == "" || strings.HasPrefix(about[trail.Vouched], "gone=")) {
			return nil
		}
		fields := map[string]string{}
		if row.Salt != nil {
			fields["name"] = about["asked"]
		}
		return fields
	},
}

var viewTable = notedTable{noun: "view",
	query: selecting("views", "id, version, name, account_id, list, query, shared", "id"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var version, account int64
		var name, list, query, shared string
		err = rows.Scan(&id, &version, &name, &account, &list, &query, &shared)
		return id, map[string]string{"version": text10(version), "name": name, "account": text10(account), "list": list, "query": query,
			"shared": shared}, err
	},
	key: func(id int64, _ map[string]string) string { return text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		if row.Action == "discard" {
			return nil
		}
		fields := map[string]string{"list": about["list"], "shared": about["shared"]}
		if row.Salt != nil {
			fields["name"] = about["asked"]
		}
		return fields
	},
}

var snoozeTable = notedTable{noun: "finding", actions: []string{"snooze", "wake"},
	query: selecting("snoozes", "posting_id, finding, state, last_day, reason", "finding"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var finding, state, reason string
		var until models.Date
		err = rows.Scan(&id, &finding, &state, &until, &reason)
		return id, map[string]string{"posting": text10(id), "finding": finding, "state": state, "until": until.String(), "reason": reason}, err
	},
	key: func(_ int64, fields map[string]string) string { return fields["finding"] },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		if row.Action != "snooze" || row.Salt == nil {
			return nil
		}
		return map[string]string{"posting": text10(row.RecordID), "state": row.State, "until": about["until"], "reason": about["reason"]}
	},
}

var claimTable = notedTable{noun: "finding", actions: []string{"take", "release"},
	query: selecting("claims", "posting_id, finding, state, account_id, on_day", "finding"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var finding, state string
		var account int64
		var on models.Date
		err = rows.Scan(&id, &finding, &state, &account, &on)
		return id, map[string]string{"posting": text10(id), "finding": finding, "state": state, "account": text10(account), "day": on.String()}, err
	},
	key: func(_ int64, fields map[string]string) string { return fields["finding"] },
	hear: func(row trail.Row, _ map[string]string) map[string]string {
		if row.Action != "take" || row.Salt == nil {
			return nil
		}
		return map[string]string{"posting": text10(row.RecordID), "state": row.State}
	},
}

var attestationTable = notedTable{noun: attestationNoun,
	query: selecting("attestations", "posting_id, state, on_day", "posting_id, state"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var state string
		var on models.Date
		err = rows.Scan(&id, &state, &on)
		return id, map[string]string{"state": state, "day": on.String()}, err
	},
	key: func(id int64, fields map[string]string) string { return fields["state"] + " " + text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		about["state"] = row.State
		if row.Action != "attest" {
			return nil
		}
		return map[string]string{"day": about["day"]}
	},
}

var certifiedTable = notedTable{noun: certificateNoun,
	query: selecting("certificates", "id, hash, list, on_day, known, row_count, filter, asked, account_id, made, revision, row_id", "id"),
	scan: func(rows *sql.Rows) (id int64, fields map[string]string, err error) {
		var c Certified
		err = rows.Scan(&c.ID, &c.Hash, &c.List, &c.On, &c.Known, &c.Rows, &c.Filter, &c.Asked, &c.Account, &c.Made, &c.Revision, &c.Row)
		return c.ID, map[string]string{"hash": c.Hash, "list": c.List, "on_day": c.On.String(), "known": c.Known.String(), "row_count": strconv.Itoa(c.Rows),
			"filter": c.Filter, "asked": strconv.FormatBool(c.Asked), "account": text10(c.Account), "made": c.Made, "revision": text10(c.Revision),
			"row": text10(c.Row)}, err
	},
	key: func(id int64, _ map[string]string) string { return text10(id) },
	hear: func(row trail.Row, about map[string]string) map[string]string {
		return map[string]string{"hash": about["hash"], "list": strings.TrimSuffix(about["what"], ".csv"), "on_day": about["on"], "known": about["known"],
			"row_count": about["rows"], "filter": about["filter"], "asked": strconv.FormatBool(row.NewPersonal != nil), "account": text10(row.ActorID),
			"made": row.At, "revision": text10(row.Revision), "row": text10(row.ID)}
	},
}
