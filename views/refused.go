package views

import "io"

// A RefusedFile writes rows of a file that were refused, for a spreadsheet.
type RefusedFile struct {
	w io.Writer
	t *csvTable
}

// RefusedCSV begins a file of refused rows.
func RefusedCSV(w io.Writer) *RefusedFile { return &RefusedFile{w: w} }

// Row adds a row, of which the first holds the heads. It returns the first error of all
// writing.
func (f *RefusedFile) Row(cells ...string) error {
	if f.t == nil {
		var heads []heading
		for _, cell := range cells {
			heads = append(heads, heading{cell, cell})
		}
		f.t = newCSV(f.w, Excel, heads)
		return f.t.err
	}
	for _, cell := range cells {
		f.t.text(cell)
	}
	return f.t.end()
}

// Close writes what is left and returns the first error of all writing.
func (f *RefusedFile) Close() error {
	if f.t == nil {
		return nil
	}
	return f.t.flush()
}
