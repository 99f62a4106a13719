using System.Text;
using PromptGen.Cli;
using PromptGen.Cli.Output;

Console.OutputEncoding = Encoding.UTF8;
using var interruption = new Interruption();
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = interruption.Press();
return await Tool.RunAsync(args, new ToolContext(Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System), interruption.Token);
