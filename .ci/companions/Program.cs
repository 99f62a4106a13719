using System.Reflection;
using System.Runtime.CompilerServices;
using Acme;

await using var server = await ModelServer.StartAsync(_ => ModelReply.Text("""{"queue":"Billing","urgency":4}"""));

// Both adapters of the OpenAI SDK, side by side: ours by its own name, the other by its own.
var openAI = new OpenAIClient(new ApiKeyCredential("no-key"), new OpenAIClientOptions { Endpoint = server.OpenAIEndpoint });
using IChatClient theirs = openAI.GetChatClient(Models.Mini).AsIChatClient();
using IChatClient ours = openAI.GetChatClient(Models.Mini).AsPromptClient();
using var ollama = new OllamaApiClient("http://localhost:11434");

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.Services.AddPromptGen(prompts => prompts
    .AddProvider("openai", modelId => openAI.GetChatClient(modelId).AsPromptClient())
    .AddAnthropic("no-key", server.AnthropicEndpoint));
builder.Services.AddPromptClients();
builder.Services.AddChatClient(services => services.GetRequiredService<SupportDesk>().Chat()).UseFunctionInvocation().UseLogging();
await using var app = builder.Build();

var failed = 0;
void Check(string what, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    failed += holds ? 0 : 1;
}

var triage = await app.Services.GetRequiredService<SupportDesk>().TriageAsync("I was charged twice");
Check($"typed call: {triage.Value}", triage.Value is { Queue: "Billing", Urgency: 4 });
Check("a route in the pipeline", (await app.Services.GetRequiredService<IChatClient>().GetResponseAsync("Hi")).Text.Contains("Billing", StringComparison.Ordinal));
Check("adapter of Microsoft.Extensions.AI.OpenAI", (await theirs.GetResponseAsync("Hi")).Text.Contains("Billing", StringComparison.Ordinal));
Check("adapter of PromptGen.OpenAI", (await ours.GetResponseAsync("Hi")).Text.Contains("Billing", StringComparison.Ordinal));

// Every public name of ours in an imported namespace against every public name of the others in one.
string[] imported =
[
    "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    "System.ClientModel", "System.ComponentModel", "System.ComponentModel.DataAnnotations", "System.Text.Json", "System.Text.Json.Serialization",
    "Anthropic", "Azure.AI.OpenAI", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.Extensions.AI", "Microsoft.Extensions.Caching.Distributed",
    "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Options",
    "OllamaSharp", "OpenAI", "OpenAI.Chat", "OpenTelemetry", "OpenTelemetry.Trace", "Polly", "PromptGen", "PromptGen.Testing",
];
var types = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
    .Where(static path => !Path.GetFileName(path).StartsWith("Companions", StringComparison.Ordinal))
    .SelectMany(static path => Exported(path))
    .Where(type => !type.IsNested && imported.Contains(type.Namespace))
    .ToArray();
var own = types.Where(static type => type.Namespace!.StartsWith("PromptGen", StringComparison.Ordinal)).ToArray();
var others = types.Except(own).ToArray();
Check($"{own.Length} types of ours among {types.Length}", own.Length > 50 && others.Length > 1000);

var clashes = own.Where(type => others.Any(other => other.Name == type.Name)).Select(static type => type.FullName).ToArray();
Check($"no type has the name of another: {string.Join(", ", clashes)}", clashes.Length == 0);

// An extension clashes where one call could mean both. A type parameter loses against a type, which is no clash but a choice.
var methods = others.SelectMany(Extensions).ToLookup(static method => method.Name);
var ambiguous = own.SelectMany(Extensions)
    .Where(method => methods[method.Name].Any(other => Receiver(method) == Receiver(other) && !Receiver(method).IsGenericParameter))
    .Select(static method => $"{method.DeclaringType!.Name}.{method.Name}")
    .ToArray();
Check($"no extension has the name and receiver of another: {string.Join(", ", ambiguous)}", ambiguous.Length == 0);

Console.WriteLine(failed == 0 ? "as expected" : $"{failed} NOT as expected");
return failed;

static IEnumerable<Type> Exported(string path)
{
    try
    {
        return Assembly.LoadFrom(path).GetExportedTypes();
    }
    catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException)
    {
        return [];
    }
}

static IEnumerable<MethodInfo> Extensions(Type type) =>
    type is { IsAbstract: true, IsSealed: true }
        ? type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(static method => method.IsDefined(typeof(ExtensionAttribute), inherit: false))
        : [];

static Type Receiver(MethodInfo method) => method.GetParameters()[0].ParameterType;
