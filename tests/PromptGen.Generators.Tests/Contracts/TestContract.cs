using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Contracts;
using PromptGen.Generators.Declarations.Types;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>The contract of a type that exists only as source text: read, emitted, compiled and run.</summary>
internal sealed class TestContract
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    private readonly IContract _contract;
    private readonly Lazy<ContractModel> _model;

    private TestContract(string type, Func<ContractModel> model, LoadedAssembly assembly)
    {
        _model = new Lazy<ContractModel>(model);
        Assembly = assembly;
        var instance = assembly.Type(assembly.Metadata(type)).GetField("Instance")!.GetValue(null)!;
        ValueType = instance.GetType().BaseType!.GetGenericArguments()[0];
        _contract = (IContract)Activator.CreateInstance(typeof(Contract<>).MakeGenericType(ValueType), instance)!;
    }

    /// <summary>A contract whose type is not known at build.</summary>
    private interface IContract
    {
        bool IsWrapped { get; }

        JsonElement Schema { get; }

        Reading Read(string answer, Tolerance tolerance);
    }

    public ContractModel Model => _model.Value;

    public string Source => ContractEmitter.Emit(Model);

    public bool IsWrapped => _contract.IsWrapped;

    public JsonElement Schema => _contract.Schema;

    public LoadedAssembly Assembly { get; }

    public Type ValueType { get; }

    /// <summary>The model of a return type, whatever problems it has.</summary>
    public static ContractModel ModelOf(string type, string declarations = "") => ModelOf(Compilation([type], declarations), 0);

    /// <summary>The model where the compiler treats documentation comments in this way.</summary>
    public static ContractModel ModelOf(string type, string declarations, DocumentationMode mode)
    {
        var compilation = Compilation([type], declarations);
        var trees = compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), ((CSharpParseOptions)tree.Options).WithDocumentationMode(mode)));
        return ModelOf(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees), 0);
    }

    /// <summary>The contract of a return type; generated code must compile without a warning, its blanket pragma taken out.</summary>
    public static TestContract Of(string type, string declarations = "") => Of([type], declarations)[type];

    public static Dictionary<string, TestContract> Of(IReadOnlyList<string> types, string declarations) => Of(types, "", declarations);

    /// <summary>The contract of a type that another assembly declares.</summary>
    public static TestContract Of(string type, CSharpCompilation library)
    {
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var compilation = Compilation([type], "").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        return new TestContract(type, () => ModelOf(compilation, 0), LoadedAssembly.Load(WithContracts([type], compilation), image.ToArray()));
    }

    public static Dictionary<string, TestContract> Of(IReadOnlyList<string> types, string usings, string declarations)
    {
        var compilation = new Lazy<CSharpCompilation>(() => Compilation(types, declarations, usings));
        var assembly = LoadedAssembly.Load([.. types, usings, declarations], () => WithContracts(types, compilation.Value));
        return types.Select((type, index) => (type, new TestContract(type, () => ModelOf(compilation.Value, index), assembly))).ToDictionary();
    }

    /// <summary>The compilation with the contract of each type, whose name it says under the type's.</summary>
    private static CSharpCompilation WithContracts(IReadOnlyList<string> types, CSharpCompilation compilation)
    {
        Assert.Empty(compilation.Complaints());
        var names = new StringBuilder();
        var complete = compilation;
        foreach (var (index, type) in types.Index())
        {
            var model = ModelOf(compilation, index);
            Assert.Empty(model.Problems.Select(static problem => string.Join(": ", problem.Arguments)));
            complete = complete.With(model.HintName, ContractEmitter.Emit(model).Replace("#pragma warning disable\n", "", StringComparison.Ordinal));
            names.AppendLine($"""[assembly: System.Reflection.AssemblyMetadata({SymbolDisplay.FormatLiteral(type, quote: true)}, "{model.ContractTypeName["global::".Length..]}")]""");
        }

        complete = complete.With("Names.cs", names.ToString());
        Assert.True(complete.Complaints() is [], string.Join('\n', complete.Complaints().Take(10)));
        return complete;
    }

    public Reading Read(string answer, Tolerance tolerance = Tolerance.Lenient) => _contract.Read(answer, tolerance);

    /// <summary>A value as System.Text.Json writes it.</summary>
    public string Write(object? value) => JsonSerializer.Serialize(value, ValueType, s_json);

    private static CSharpCompilation Compilation(IEnumerable<string> types, string declarations, string usings = "") =>
        Compile.Sources(usings, $$"""
            namespace Acme;

            {{declarations}}

            public static class Probe
            {
                {{string.Join('\n', types.Select((type, index) => $"public static {type} Result{index}() => default!;"))}}
            }
            """);

    private static ContractModel ModelOf(Compilation compilation, int index)
    {
        var probe = compilation.GetTypeByMetadataName("Acme.Probe")!;
        var method = (IMethodSymbol)probe.GetMembers($"Result{index}")[0];
        return OutputTypeReader.Read(method.ReturnType, method.ReturnNullableAnnotation, method.ContainingAssembly);
    }

    private sealed class Contract<T>(PromptContract<T> contract) : IContract
    {
        public bool IsWrapped => contract.IsWrapped;

        public JsonElement Schema => contract.Schema;

        public Reading Read(string answer, Tolerance tolerance)
        {
            var reading = contract.Read(answer, tolerance);
            return new Reading(reading.Code, reading.Value, reading.Violations, reading.Rungs);
        }
    }
}

internal sealed record Reading(PromptErrorCode Code, object? Value, IReadOnlyList<SchemaViolation> Violations, IReadOnlyList<string> Rungs)
{
    /// <summary>Each violation as <c>pointer: expected ← actual</c>.</summary>
    public IEnumerable<string> Breaches => Violations.Select(violation => $"{violation.Pointer}: {violation.Expected} ← {violation.Actual}");
}
