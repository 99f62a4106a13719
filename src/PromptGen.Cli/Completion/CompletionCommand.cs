using System.CommandLine;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Completion;

/// <summary><c>promptgen completion</c>: the script that has a shell complete commands, options and their values.</summary>
internal static class CompletionCommand
{
    // Each passes the line without the name of the tool, and the place of the cursor in it, to the [suggest] directive of System.CommandLine.
    private const string Bash = """
        _promptgen() {
          local name="${COMP_LINE%% *}" IFS=$'\n'
          local line="${COMP_LINE:${#name}+1}" place=$((COMP_POINT - ${#name} - 1))
          COMPREPLY=($(compgen -W "$(promptgen "[suggest:$place]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _promptgen promptgen
        """;

    private const string Zsh = """
        #compdef promptgen
        _promptgen() {
          local name="${BUFFER%% *}"
          local line="${BUFFER:${#name}+1}" place=$((CURSOR - ${#name} - 1))
          local -a found=("${(@f)$(promptgen "[suggest:$place]" "$line" 2>/dev/null)}")
          if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _promptgen promptgen
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName promptgen -ScriptBlock {
          param($word, $ast, $cursor)
          $name = $ast.CommandElements[0].Extent.Text
          $line = $ast.ToString().Substring([Math]::Min($name.Length + 1, $ast.ToString().Length))
          $place = [Math]::Min([Math]::Max($cursor - $ast.Extent.StartOffset - $name.Length - 1, 0), $line.Length)
          promptgen "[suggest:$place]" $line 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create(ToolContext context)
    {
        var shell = new Argument<Shell>("shell") { Description = "The shell." };
        var command = new Command("completion", "Write the script that has a shell complete commands and options, for example for ~/.bashrc: source <(promptgen completion bash).") { shell };
        command.SetAction(line =>
        {
            var script = line.GetValue(shell) switch
            {
                Shell.Bash => Bash,
                Shell.Zsh => Zsh,
                _ => PowerShell,
            };
            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(new { Script = script });
            }
            else
            {
                context.Output.WriteLine(script);
            }
        });
        return command;
    }
}

/// <summary>A shell that completes.</summary>
internal enum Shell
{
    Bash,
    Zsh,
    PowerShell,
}
