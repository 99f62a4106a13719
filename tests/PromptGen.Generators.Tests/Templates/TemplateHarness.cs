using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;
using PromptGen.Prompts;

namespace PromptGen.Generators.Tests.Templates;

/// <summary>Takes a template the whole way: parse, bind, emit, compile, run.</summary>
internal static class TemplateHarness
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "PromptGen.dll" or "Microsoft.Extensions.AI.Abstractions.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp12);

    private static readonly ConcurrentDictionary<(string Types, string Parameters), EquatableArray<ParameterDeclaration>> Declarations = new();

    /// <summary>What has no effect is bound like all others: a condition that always holds, or one within itself.</summary>
    private const string WithoutEffect = "PG0211";

    /// <summary>Binds a template to the parameters of a method.</summary>
    public static BoundTemplate Bind(string template, string parameters, string types = "") =>
        TemplateBinder.Bind(TemplateParser.Parse(template), Parameters(parameters, types), 0);

    /// <summary>The text that a finding's span covers, the finding and its arguments.</summary>
    public static IEnumerable<(string Id, string Text, string Message)> Findings(string template, string parameters, string types = "") =>
        from finding in Bind(template, parameters, types).Findings
        where finding.Id != WithoutEffect
        let span = ((Place.Template)finding.Place).Span
        select (finding.Id, template.Substring(span.Start, span.Length), string.Join(": ", finding.Arguments));

    /// <summary>The source of the rendering method.</summary>
    public static string Emit(string template, string parameters, string types = "")
    {
        var bound = Bind(template, parameters, types);
        Assert.DoesNotContain(bound.Findings, static finding => finding.Id != WithoutEffect);
        var writer = new SourceWriter();
        TemplateEmitter.EmitRender(writer, bound, "RenderDefault");
        return writer.Finish();
    }

    /// <summary>The rendered messages as <c>role: text</c>, media in angle brackets.</summary>
    /// <param name="template">The template.</param>
    /// <param name="parameters">The method's parameters, as C# writes them.</param>
    /// <param name="arguments">The arguments, as C# writes them.</param>
    /// <param name="types">Declarations of types that the parameters need.</param>
    public static string[] Render(string template, string parameters, string arguments, string types = "") =>
        [.. Messages(Emit(template, parameters, types), parameters, arguments, types).Select(Show)];

    /// <summary>Compiles a rendering whose one argument is given when it is run.</summary>
    public static Func<string, List<ChatMessage>> Compile(string template)
    {
        var render = Load(Emit(template, "string value"), "string value", "value", "string value", "");
        return value => Run(render, value);
    }

    public static EquatableArray<ParameterDeclaration> Parameters(string parameters, string types) => Declarations.GetOrAdd((types, parameters), static key =>
    {
        var tree = CSharpSyntaxTree.ParseText($"#nullable enable\n{Usings}{key.Types}\nclass Declared {{ void Method({key.Parameters}) {{ }} }}", Options);
        var compilation = CSharpCompilation.Create("Declarations", [tree], References, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var method = (IMethodSymbol)compilation.GetTypeByMetadataName("Declared")!.GetMembers("Method").Single();
        return method.Parameters.Select(static parameter => new ParameterDeclaration(
            parameter.Name,
            parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            TypeShapeReader.Read(parameter.Type),
            IsSensitive: false,
            IsUntrusted: parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(UntrustedAttribute)),
            IsCancellationToken: parameter.Type.Name == nameof(CancellationToken))).ToEquatableArray();
    });

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text.Json.Serialization;
        using System.Threading;
        using Microsoft.Extensions.AI;
        using PromptGen;

        """;

    private static List<ChatMessage> Messages(string source, string parameters, string arguments, string types) =>
        Run(Load(source, parameters, arguments, "", types));

    private static List<ChatMessage> Run(Func<object?[], object> create, params object?[] arguments)
    {
        var writer = new PromptWriter("""{"type":"object"}""");
        ((IPromptTemplate)create(arguments)).Render(new ModelInfo("model", "provider", Tier.Fast), writer);
        return writer.Build();
    }

    private static Func<object?[], object> Load(string source, string parameters, string arguments, string factoryParameters, string types)
    {
        var code = $$"""
            #nullable enable
            {{Usings}}
            {{types}}
            readonly struct Template({{parameters}}) : global::PromptGen.Prompts.IPromptTemplate
            {
                public void Render(global::PromptGen.Catalog.ModelInfo model, global::PromptGen.Prompts.PromptWriter prompt) => RenderDefault(prompt);
            {{source}}
            }
            public static class Factory
            {
                public static object Create({{factoryParameters}}) => new Template({{arguments}});
            }
            """;
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code), Options);
        var compilation = CSharpCompilation.Create("Rendering" + Guid.NewGuid().ToString("N"), [tree], References, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)) + "\n" + source);
        image.Position = 0;
        var create = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Factory")!.GetMethod("Create", BindingFlags.Public | BindingFlags.Static)!;
        return values => create.Invoke(null, values)!;
    }

    private static string Show(ChatMessage message) => message.Role.Value + ": " + string.Concat(message.Contents.Select(static content => content switch
    {
        TextContent text => text.Text,
        UriContent uri => $"<{uri.Uri} {uri.MediaType}>",
        DataContent data => $"<{data.Data.Length} bytes {data.MediaType}>",
        _ => "<?>",
    }));
}
