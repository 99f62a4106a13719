using Acme.Billing;
using Acme.Shipping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PromptGen;
using PromptGen.Testing;

var failed = 0;
void Check(string what, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    failed += holds ? 0 : 1;
}

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddPromptClients();
using (var incomplete = builder.Build())
{
    var error = await Catch(() => incomplete.StartAsync());
    Check($"without AddPromptGen: {error?.Message}", error?.Message.Contains("AddPromptGen", StringComparison.Ordinal) == true);
}

builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddPromptClients();
builder.Services.AddPromptGen(static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient(static _ => """{"value":3}""")));
using var app = builder.Build();
await app.StartAsync();

Check("the interface of an internal class in a library", await app.Services.GetRequiredService<IBiller>().CountAsync("…") == 3);
Check("a public class of another library", (await app.Services.GetRequiredService<Shipper>().CountAsync("…")).Value == 3);

Console.WriteLine(failed == 0 ? "as expected" : $"{failed} NOT as expected");
return failed;

static async Task<PromptException?> Catch(Func<Task> action)
{
    try
    {
        await action();
        return null;
    }
    catch (PromptException exception)
    {
        return exception;
    }
}
