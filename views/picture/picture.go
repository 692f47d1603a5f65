// Package picture draws, in words of SVG that stand in a page of HTML: the map,
// timelines, rows of bars, and QR codes. It knows shapes and days, and neither
// pages nor languages nor addresses: who wants a picture says what is to be in
// it, in which words, and where it leads. Whatever text it is given is escaped
// here.
package picture

import "html/template"

func esc(s string) string { return template.HTMLEscapeString(s) }
