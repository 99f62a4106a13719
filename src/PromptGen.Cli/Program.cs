using System.Text;
using PromptGen.Cli;
using PromptGen.Cli.Output;

Console.OutputEncoding = Encoding.UTF8;
using var interruption = new Interruption(Console.Error);
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = interruption.Press();
var showsProgress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
return await Tool.RunAsync(args, new ToolContext(Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System, showsProgress), interruption.Token);
