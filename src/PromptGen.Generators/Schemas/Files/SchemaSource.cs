using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// What a schema file with the files that it refers to is made into. All prompts that name the file share it, so that it is compiled, bundled
/// and rewritten once.
/// </summary>
internal sealed class SchemaSource
{
    private static readonly ConditionalWeakTable<SchemaTexts, SchemaSource> Known = new();

    private readonly Lazy<SchemaProgram> _program;
    private readonly ConcurrentDictionary<DialectSet, IReadOnlyList<DialectSchema>> _inDialects = new();
    private string? _json;

    private SchemaSource(EquatableArray<SchemaText> texts) => _program = new(() => SchemaCompiler.Compile(texts[0], texts.Skip(1)));

    /// <summary>The one of these texts; it lives as long as they do.</summary>
    public static SchemaSource Of(SchemaTexts texts) => Known.GetValue(texts, static key => new SchemaSource(key.All));

    public SchemaProgram Program => _program.Value;

    /// <summary>Whether the value goes over the wire as <c>{"value": …}</c>. Asked of a program without problems.</summary>
    public bool IsWrapped => !SchemaFit.IsObject(Program.Root!);

    /// <summary>The schema on one line, with all that it refers to. Asked of a program without problems.</summary>
    public string Json => _json ??= SchemaBundle.Write(Program, IsWrapped);

    /// <summary>The schema in the dialects. Asked of a program without problems.</summary>
    public IReadOnlyList<DialectSchema> In(DialectSet dialects) => _inDialects.GetOrAdd(dialects, key => [.. DialectSchema.Of(Json, key)]);
}
