using System.Text;
using Acme.Patterns;

Console.OutputEncoding = Encoding.UTF8;
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

return await PatternsApp.RunAsync(args, Console.Out, Environment.GetEnvironmentVariable, cancellation.Token);
