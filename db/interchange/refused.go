package interchange

import (
	"io"
	"strconv"
	"strings"

	"samband/models"
)

// RefusedRows calls put with the head of a single file and its rows that a report says
// are refused, each with the reasons in a last column. Of a package it calls put with
// the file, line, column and reason of each refusal.
func RefusedRows(u Upload, opts Options, r Report, say func(models.Message) string, called func(column string) string, put func(cells ...string) error) error {
	p, err := openUpload(u, &opts)
	if err != nil {
		return wrap("refused rows", err)
	}
	defer p.Close()
	if p.single == nil || r.Whole {
		err := put("file", "line", "column", reasonColumn)
		for _, f := range r.Refusals {
			if err == nil {
				err = put(f.File, strconv.Itoa(f.Line), f.Column, say(f.Reason))
			}
		}
		return wrap("refused rows", err)
	}
	reasons := map[int][]string{}
	for _, f := range r.Refusals {
		text := say(f.Reason)
		if f.Column != "" {
			text = called(f.Column) + ": " + text
		}
		reasons[f.Line] = append(reasons[f.Line], text)
	}
	file, err := p.files(p.single, func(_ string, r io.Reader, _ int64) io.Reader { return r })
	if err != nil {
		return wrap("refused rows", err)
	}
	defer file.Close()
	return wrap("refused rows", copyRefused(file, reasons, p.guarded, put))
}

func copyRefused(file rows, reasons map[int][]string, guarded bool, put func(cells ...string) error) error {
	head, _, err := file.next()
	if err != nil {
		return err
	}
	width, reasonAt := len(head), -1
	for i, name := range head {
		if strings.EqualFold(strings.TrimSpace(name), reasonColumn) {
			reasonAt = i // of rows that have been refused before
		}
	}
	write := func(cells []string, reason string) error {
		row := make([]string, 0, width+1)
		for i := range width {
			if cell := ""; i != reasonAt {
				if i < len(cells) {
					cell = cells[i]
				}
				if guarded {
					cell = unguarded(cell)
				}
				row = append(row, cell)
			}
		}
		return put(append(row, reason)...)
	}
	if err := write(head, reasonColumn); err != nil {
		return err
	}
	for {
		cells, line, err := file.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if because := reasons[line]; because != nil {
			if err := write(cells, strings.Join(because, "; ")); err != nil {
				return err
			}
		}
	}
}
