package interchange

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"samband/db"
	"strings"
	"testing"
)

// zipped writes a zip of one file that declares the given unpacked size.
func zipped(t *testing.T, name, content string, says uint64, more int) string {
	t.Helper()
	var b, packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&b)
	f, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: says})
	if err == nil {
		_, err = f.Write(packed.Bytes())
	}
	for range more {
		_, bad := z.Create("x/" + strings.Repeat("y", 1+more%7))
		err = errors.Join(err, bad)
	}
	path := filepath.Join(t.TempDir(), "package.zip")
	if err = errors.Join(err, z.Close(), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestImportIsBounded imports packages made to exhaust the machine.
func TestImportIsBounded(t *testing.T) {
	const head = "key,agency,name,rank,email,phone,languages,masked,note\n"
	s := onSQLite(t)
	rows := head + strings.Repeat("a,b,c,,,,,,\n", 8_000_000) // 92 kB as a zip
	garbage := head + strings.Repeat("a\n", 3_000_000)
	// A sparse file takes no room on the disk, however long it is.
	hollow := func(size int64, names ...string) string {
		dir := folder(t, map[string]string{})
		for _, name := range names {
			if err := errors.Join(os.WriteFile(filepath.Join(dir, name), nil, 0o600), os.Truncate(filepath.Join(dir, name), size)); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for name, c := range map[string]struct{ path, why string }{
		"a zip that unpacks to very much":      {zipped(t, "officers.csv", rows, uint64(len(rows)), 0), "unpacks from"},
		"one that says less":                   {zipped(t, "officers.csv", rows, 1000, 0), zip.ErrFormat.Error()},
		"one with many entries":                {zipped(t, "officers.csv", head, uint64(len(head)), mostEntries), "entries, at most"},
		"a folder of rows that are all wrong":  {folder(t, map[string]string{"officers.csv": rows[:len(head)+12*2_000_000]}), "rows are refused"},
		"rows with too few cells":              {folder(t, map[string]string{"officers.csv": garbage}), "rows are refused"},
		"a row without an end":                 {folder(t, map[string]string{"officers.csv": head + `a,"` + strings.Repeat("b\n", 10_000_000)}), "a row has more"},
		"a head without an end":                {folder(t, map[string]string{"officers.csv": strings.Repeat("key,", 10_000_000)}), "a row has more"},
		"a cell that is longer than any field": {folder(t, map[string]string{"officers.csv": head + "a,b," + strings.Repeat("c", mostCell+1) + ",,,,,,\n"}), "a cell in column"},
		"a file that is too long":              {hollow(mostBytes+1, "officers.csv"), "officers.csv has"},
		"two that are too long together":       {hollow(mostBytes/2+1, "officers.csv", "agencies.csv"), "bytes, at most"},
	} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		report, err := Import(context.Background(), s, db.Local, c.path, Options{})
		runtime.ReadMemStats(&after)
		// Each bound on its own: another one may end the reading too, but
		// later.
		if !errors.Is(err, ErrTooLarge) && !errors.Is(err, zip.ErrFormat) || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v, %d refused", name, err, report.Refused)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 400<<20 {
			t.Errorf("%s takes %d MB", name, grown>>20)
		}
	}
}
