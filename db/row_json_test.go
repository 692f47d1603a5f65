package db

import (
	"encoding/json"
	"testing"

	"samband/models"
)

func FuzzUnpack(f *testing.F) {
	for _, seed := range []string{`[1,"a",null]`, `[-5,"\"\\\u00e5\ud83d\ude00",0]`, `[9223372036854775807,"åß","x"]`, `[`, `[1]`, `[1,"`, `[1,"\`, `[1,"a",2`, `[1,"a",2]]`, ``} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var n int64
		var text string
		var yes bool
		_ = unpack(b, []any{&n, &text, &yes}) // whatever b is, it must not panic
	})
}

func FuzzPack(f *testing.F) {
	f.Add(int64(0), "", int32(0), true)
	f.Add(int64(-1<<63), "a\"b\\\n\x01\u2028é😀", int32(models.Forever), false)
	f.Fuzz(func(t *testing.T, n int64, text string, d int32, yes bool) {
		day := models.Date(min(max(d, 1), int32(models.Forever)))
		row, err := json.Marshal([]any{n, text, day.String(), map[bool]int{true: 1}[yes], nil})
		if err != nil {
			t.Skip()
		}
		var got struct {
			n    int64
			text string
			day  models.Date
			yes  bool
			none models.Date
		}
		got.none = 5
		if err := unpack(row, []any{&got.n, &got.text, &got.day, &got.yes, &got.none}); err != nil {
			t.Fatal(err)
		}
		var want []any
		_ = json.Unmarshal(row, &want) // text as JSON has it
		if got.n != n || got.text != want[1] || got.day != day || got.yes != yes || got.none != 0 {
			t.Errorf("%s became %+v", row, got)
		}
	})
}
