package picture

import "slices"

// A Window is a part of the world that the map can show on its own.
type Window string

// World is the window that shows all of it.
const World Window = "world"

// windows are the parts of the picture, the whole world first.
var windows = []struct {
	name Window
	box
}{
	{World, box{0, 0, 10000, 4347}},
	{"europe", box{4050, 380, 2250, 1130}},
	{"africa", box{3380, 1230, 3800, 2480}},
	{"western-asia", box{5080, 900, 2500, 1500}},
	{"eastern-asia", box{6150, 950, 3250, 1950}},
	{"oceania", box{6800, 2050, 3200, 2200}},
	{"north-america", box{400, 0, 4300, 2350}},
	{"latin-america", box{1000, 1480, 4400, 2867}},
}

// Windows returns the names of all windows, the whole world first.
func Windows() []Window {
	var names []Window
	for _, w := range windows {
		names = append(names, w.name)
	}
	return names
}

// Valid reports whether w is the name of a window.
func (w Window) Valid() bool { return slices.Contains(Windows(), w) }

// box returns what the window shows, the whole world for an unknown one.
func (w Window) box() box {
	for _, known := range windows {
		if known.name == w {
			return known.box
		}
	}
	return windows[0].box
}
