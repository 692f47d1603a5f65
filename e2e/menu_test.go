package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The menu by the keyboard alone: a task opens its pages, Escape closes them and
// leaves one where one was, and so does the drawer of a narrow screen.
func TestMenuByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t)
	open := func(id string) bool {
		return eval[bool](b, `document.getElementById("`+id+`").matches(":popover-open")`)
	}
	b.visit("/coverage")
	b.tabTo("[popovertarget=menu-directory]")
	b.press(kb.Enter)
	if !open("menu-directory") {
		t.Fatal("Enter does not open the task's pages")
	}
	axe(t, b)
	b.press(kb.Tab)
	if got := eval[string](b, `document.activeElement.getAttribute("href")`); got != "/postings" {
		t.Errorf("after the task comes %s", got)
	}
	b.press(kb.Escape)
	if open("menu-directory") || !eval[bool](b, `document.activeElement.matches("[popovertarget=menu-directory]")`) {
		t.Error("Escape does not close the pages and return to the task")
	}
	b.press(kb.Enter)
	b.enter("#menu-directory a[href='/agencies']")
	if got := b.path() + " " + b.text(".beside [aria-current=page]"); got != "/agencies Agencies" {
		t.Errorf("it leads to %s", got)
	}
	b.size(phone)
	b.visit("/coverage")
	if high := eval[float64](b, `document.querySelector(".top").getBoundingClientRect().height`); high > 64 {
		t.Errorf("the header is %v pixels high", high)
	}
	b.tabTo(".drawer-button")
	b.press(kb.Enter)
	if !open("drawer") {
		t.Fatal("Enter does not open the drawer")
	}
	axe(t, b)
	b.fits()
	b.press(kb.Escape)
	if open("drawer") || !eval[bool](b, `document.activeElement.matches(".drawer-button")`) {
		t.Error("Escape does not close the drawer")
	}
	b.press(kb.Enter)
	b.enter("#menu-work a[href='/findings']")
	if got := b.path(); got != "/findings" {
		t.Errorf("the drawer leads to %s", got)
	}
	b.press("/")
	if !open("drawer") || !eval[bool](b, `document.activeElement.id === "find"`) {
		t.Error("a slash does not lead to the search in the drawer")
	}
}

// The header is one row from 1280 pixels on, also with all tasks and longer words.
func TestHeaderIsOneRow(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.size(size{1280, 800})
	for _, language := range []string{"en", "sv"} {
		b.language(language)
		b.visit("/map")
		eval[int](b, `document.querySelector(".top nav > ul").append(...["Käyttäjätilit", "Tapahtumaloki"].map(word => {
			const item = document.createElement("li");
			item.innerHTML = "<a href=/>" + word + "</a>";
			return item;
		})), 0`)
		if high := eval[float64](b, `document.querySelector(".top").getBoundingClientRect().height`); high > 64 {
			t.Errorf("%s: the header is %v pixels high", language, high)
		}
		b.fits()
	}
}
