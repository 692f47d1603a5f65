package interchange

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"samband/models"
)

// metadataName is the file that says what the columns of the others are, where
// programs look for it: Metadata Vocabulary for Tabular Data of the W3C, 2015
// (https://www.w3.org/TR/tabular-metadata/). Imports leave it alone.
const metadataName = "csv-metadata.json"

// Titles returns what people call a column of a table, by language.
type Titles func(table, column string) map[string]string

// A promise says of a file in which columns an import refuses an empty cell, and by
// which columns no two rows are the same, if there are any. The rules are those of
// the records; TestMetadataKeepsItsPromises holds these to them.
type promise struct{ required, primary string }

var promises = map[*sheet]promise{
	agencySheet:         {"key country kind name", "key"},
	agencyNameSheet:     {"agency name last_day", "agency first_day"},
	officerSheet:        {"key agency name", "key"},
	bodySheet:           {"key kind name", "key"},
	bodyNameSheet:       {"body name last_day", "body first_day"},
	bodyMemberSheet:     {"body country role", "body country first_day"},
	chairSheet:          {"body country", "body country first_day"},
	postingSheet:        {"key agency opened", "key"},
	suspensionSheet:     {"posting first_day", ""},
	representationSheet: {"posting state matter", "posting state matter first_day"},
	coverageSheet:       {"posting country", "posting country first_day"},
	assignmentSheet:     {"key officer posting first_day", "key"},
	absenceSheet:        {"assignment first_day", "assignment first_day"},
	projectSheet:        {"key area title lead_country", "key"},
	projectAgencySheet:  {"project agency", "project agency first_day"},
	contactPointSheet:   {"state matter name", "state matter name"},
}

// The metadata, as JSON has them.
type (
	tableGroup struct {
		Context []any     `json:"@context"`
		Type    string    `json:"@type"`
		Dialect dialect   `json:"dialect"`
		Tables  []csvwSet `json:"tables"`
	}
	dialect struct {
		Encoding    string   `json:"encoding"`
		Delimiter   string   `json:"delimiter"`
		QuoteChar   string   `json:"quoteChar"`
		DoubleQuote bool     `json:"doubleQuote"`
		Header      bool     `json:"header"`
		Trim        bool     `json:"trim"`
		Ends        []string `json:"lineTerminators"`
	}
	csvwSet struct {
		URL    string     `json:"url"`
		Schema csvwSchema `json:"tableSchema"`
	}
	csvwSchema struct {
		Columns     []csvwColumn  `json:"columns"`
		PrimaryKey  []string      `json:"primaryKey,omitempty"`
		ForeignKeys []csvwForeign `json:"foreignKeys,omitempty"`
	}
	csvwColumn struct {
		Name     string            `json:"name"`
		Titles   map[string]string `json:"titles"`
		Datatype any               `json:"datatype"`
		Required bool              `json:"required,omitempty"`
		// Separator stands between the values of a cell that holds a list.
		Separator string `json:"separator,omitempty"`
	}
	csvwForeign struct {
		Columns   string        `json:"columnReference"`
		Reference csvwReference `json:"reference"`
	}
	csvwReference struct {
		Resource string `json:"resource"`
		Columns  string `json:"columnReference"`
	}
	csvwBase struct {
		Base    string `json:"base"`
		Format  string `json:"format,omitempty"`
		Minimum string `json:"minimum,omitempty"`
	}
)

// metadata writes what the columns of an export are. written are its files.
func (x *exporting) metadata(w io.Writer, written []*sheet, titles Titles) error {
	group := tableGroup{Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}}, Type: "TableGroup",
		Dialect: dialect{Encoding: "utf-8", Delimiter: ",", QuoteChar: `"`, DoubleQuote: true, Header: true, Ends: []string{"\r\n", "\n"}}}
	for _, s := range written {
		group.Tables = append(group.Tables, csvwSet{s.name, x.schema(s, written, titles)})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(group)
}

// schema returns what the columns of a file are.
func (x *exporting) schema(s *sheet, written []*sheet, titles Titles) (schema csvwSchema) {
	p := promises[s]
	types := map[string]any{}
	for i, field := range s.Pointers(s.blank(), nil) {
		types[s.Fields[i].As.Name] = field
	}
	for _, name := range x.columns(s) {
		c := csvwColumn{Name: name, Titles: map[string]string{"und": name}, Required: slices.Contains(strings.Fields(p.required), name)}
		if titles != nil {
			for lang, title := range titles(s.Name, name) {
				c.Titles[lang] = title
			}
		}
		if c.Datatype = datatype(types[name]); name == versionColumn {
			c.Datatype = csvwBase{Base: "integer", Minimum: "1"}
		}
		if _, list := types[name].(*models.AreaCodes); list {
			c.Separator = " "
		}
		schema.Columns = append(schema.Columns, c)
		if to := referred(name, types[name]); to != nil && slices.Contains(written, to) {
			schema.ForeignKeys = append(schema.ForeignKeys, csvwForeign{name, csvwReference{to.name, "key"}})
		}
	}
	schema.PrimaryKey = strings.Fields(p.primary)
	return schema
}

// datatype returns what the cells of a field are.
func datatype(field any) any {
	switch field.(type) {
	case *models.Date:
		return csvwBase{Base: "date", Format: "yyyy-MM-dd"}
	case *bool:
		return csvwBase{Base: "boolean", Format: "yes|no"}
	}
	return "string"
}

// referred returns the file to whose keys a column refers, nil if it is none that
// does.
func referred(column string, field any) *sheet {
	switch field.(type) {
	case *int64:
		if column == standInColumn {
			return assignmentSheet
		}
		return sheetOf(column)
	case *models.BodyKey:
		if column != "key" {
			return bodySheet
		}
	}
	return nil
}
