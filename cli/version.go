package cli

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/spf13/pflag"
)

var versionCommand = command{
	name: "version", summary: "print the version", example: "samband version", run: printVersion,
}

func printVersion(_ context.Context, p *program, _ *pflag.FlagSet) error {
	v := p.version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
	}
	_, err := fmt.Fprintln(p.out, "samband", v)
	return err
}
