using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Contracts;
using PromptGen.Contracts.Schemas;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;
using SchemaContract = PromptGen.Generators.Schemas.Files.SchemaContract;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>Schemas that were compiled to C#, built into one assembly and loaded.</summary>
internal sealed class CompiledSchemas
{
    private readonly List<(string ClassName, string Source)?> _sources = [];
    private LoadedAssembly? _assembly;

    /// <summary>The problems of the schemas that could not be compiled, by their number.</summary>
    public Dictionary<int, IReadOnlyList<SchemaProblem>> Problems { get; } = [];

    /// <summary>Adds a schema; returns its number.</summary>
    public int Add(string json, IEnumerable<SchemaText>? others = null, bool assertsFormat = true, string path = "schema.json") =>
        Add(SchemaCompiler.Compile(new SchemaText(path, json), others ?? [], assertsFormat), path, "schema", isPrompt: false);

    /// <summary>Adds a schema as the contract of a prompt: wrapped where it does not describe an object, and with its own text, which the ladder uses.</summary>
    public int AddContract(string json, string name = "schema") => Add(SchemaCompiler.Compile(new SchemaText("schema.json", json), []), "schema.json", name, isPrompt: true);

    private int Add(SchemaProgram program, string path, string name, bool isPrompt)
    {
        var number = _sources.Count;
        if (program.Problems.Count > 0)
        {
            Problems.Add(number, program.Problems);
            _sources.Add(null);
            return number;
        }

        var isWrapped = isPrompt && !SchemaFit.IsObject(program.Root!);
        var contract = new SchemaContract(
            path, default, $"Schema{number}", name, "global::System.Text.Json.JsonElement", null, isWrapped, isPrompt ? SchemaBundle.Write(program, isWrapped) : "{}", program);
        _sources.Add((contract.ClassName, SchemaEmitter.Emit(contract)));
        return number;
    }

    public string Source(int number) => _sources[number]!.Value.Source;

    /// <summary>Builds all; where it is judged, generated code must compile without a warning, its blanket pragma taken out.</summary>
    public CompiledSchemas Build(bool isJudged = true)
    {
        _assembly = LoadedAssembly.Load(_sources.OfType<(string, string Source)>().Select(static schema => schema.Source), () => Compilation(isJudged));
        return this;
    }

    private CSharpCompilation Compilation(bool isJudged)
    {
        var compilation = Compile.Sources();
        foreach (var (name, source) in _sources.OfType<(string, string)>())
        {
            // What a pattern says must not depend on how busy the machine is that tests it.
            compilation = compilation.With(name + ".g.cs", source
                .Replace("#pragma warning disable\n", "", StringComparison.Ordinal)
                .Replace(PatternFields.TimeLimit, "global::System.TimeSpan.FromSeconds(3)", StringComparison.Ordinal)
                .Replace(PatternFields.LinearTimeLimit, "global::System.TimeSpan.FromSeconds(3)", StringComparison.Ordinal));
        }

        if (isJudged)
        {
            Assert.Empty(compilation.Complaints().Take(10));
        }

        return compilation;
    }

    public SchemaContract<JsonElement> Contract(int number) =>
        (SchemaContract<JsonElement>)_assembly!.Type(SchemaContract.Namespace + "." + _sources[number]!.Value.ClassName).GetField("Instance")!.GetValue(null)!;

    /// <summary>Whether a schema allows a value: without building it, and as an answer is read. Both have to agree.</summary>
    public bool Allows(int number, string json)
    {
        var contract = Contract(number);

        // The time limit that the patterns of an answer share must not depend on the load of the machine either: their clock does not advance.
        ReadingGuard.Return(new ReadingGuard(new ManualTimeProvider()));
        var allows = contract.Allows(Encoding.UTF8.GetBytes(json));
        var reading = contract.ReadElement(json, Tolerance.Exact, new ReadingGuard(new ManualTimeProvider()));
        ReadingGuard.Return(new ReadingGuard());
        Assert.True(allows == (reading.Code == PromptErrorCode.None), $"{json}: {allows} when checked, {reading.Code} when read.");
        Assert.True(allows || reading.Violations.Count > 0, json + ": refused without a word.");
        return allows;
    }
}
