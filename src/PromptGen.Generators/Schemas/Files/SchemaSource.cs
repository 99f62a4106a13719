using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Schemas.Dialects;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// A schema file with the files that it refers to, equal to another one with the same texts. All prompts that name the file share it, so that
/// it is compiled, bundled and rewritten once.
/// </summary>
/// <param name="texts">The file, then those that it refers to.</param>
internal sealed class SchemaSource(EquatableArray<SchemaText> texts) : IEquatable<SchemaSource>
{
    private readonly Lazy<SchemaProgram> _program = new(() => SchemaCompiler.Compile(texts[0], texts.Skip(1)));
    private readonly ConcurrentDictionary<DialectSet, IReadOnlyList<DialectSchema>> _inDialects = new();
    private string? _json;

    public EquatableArray<SchemaText> Texts => texts;

    public SchemaProgram Program => _program.Value;

    /// <summary>Whether the value goes over the wire as <c>{"value": …}</c>. Asked of a program without problems.</summary>
    public bool IsWrapped => !SchemaFit.IsObject(Program.Root!);

    /// <summary>The schema on one line, with all that it refers to. Asked of a program without problems.</summary>
    public string Json => _json ??= SchemaBundle.Write(Program, IsWrapped);

    /// <summary>The schema in the dialects. Asked of a program without problems.</summary>
    public IReadOnlyList<DialectSchema> In(DialectSet dialects) => _inDialects.GetOrAdd(dialects, key => [.. DialectSchema.Of(Json, key)]);

    public bool Equals(SchemaSource? other) => ReferenceEquals(this, other) || (other is not null && texts.Equals(other.Texts));

    public override bool Equals(object? obj) => Equals(obj as SchemaSource);

    public override int GetHashCode() => texts.GetHashCode();
}
