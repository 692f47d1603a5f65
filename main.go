// Samband is the directory of Nordic liaison officers and the tracker of who
// holds which posting, when, and for which of the five Nordic countries.
package main

import (
	"os"

	"samband/cli"
)

// version is set by the Makefile.
var version = ""

func main() { os.Exit(cli.Main(version)) }
