using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Emission;

namespace PromptGen.Generators;

/// <summary>
/// The files that the generator writes. Only their names are compared with each other: a file is written again only when its model or its own name has
/// changed.
/// </summary>
internal sealed class GeneratedFiles(IncrementalGeneratorInitializationContext context)
{
    private static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly List<Action<IncrementalValueProvider<FileNames>>> _outputs = [];
    private IncrementalValueProvider<ImmutableArray<FileName>>? _names;

    /// <summary>Adds a file for each model.</summary>
    /// <param name="models">The models.</param>
    /// <param name="kind">The kind of the files.</param>
    /// <param name="nameOf">The name that a model's file should have.</param>
    /// <param name="emit">Writes the file; null = there is none.</param>
    public void Add<T>(IncrementalValuesProvider<T> models, FileKind kind, Func<T, string> nameOf, Func<T, string?> emit)
    {
        var names = models.Select((model, _) => new FileName(kind, nameOf(model))).Collect();
        _names = _names is { } before ? before.Combine(names).Select(static (pair, _) => pair.Left.AddRange(pair.Right)) : names;
        _outputs.Add(known => context.RegisterSourceOutput(
            models.Combine(known).Select((pair, _) => (Model: pair.Left, Name: pair.Right.Of(new FileName(kind, nameOf(pair.Left))))),
            (production, file) =>
            {
                if (emit(file.Model) is { } source)
                {
                    production.AddSource(file.Name, SourceText.From(source, Encoding));
                }
            }));
    }

    /// <summary>Registers all of them as output.</summary>
    public void Register()
    {
        if (_names is { } names)
        {
            var known = names.Select(static (all, _) => FileNames.Of(all)).WithTrackingName(TrackingNames.FileNames);
            _outputs.ForEach(output => output(known));
        }
    }
}
