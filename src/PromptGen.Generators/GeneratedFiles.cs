using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Emission;

namespace PromptGen.Generators;

/// <summary>
/// The files that the generator writes. Only their names are compared with each other: a file is written again only when its model or its own name has
/// changed, and in a project with so many that they are shared, when that of another model in it has.
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
        where T : IEquatable<T>
    {
        var named = models.Select((model, _) => (Name: new FileName(kind, nameOf(model)), Model: model));
        var names = named.Select(static (file, _) => file.Name).Collect();
        _names = _names is { } before ? before.Combine(names).Select(static (pair, _) => pair.Left.AddRange(pair.Right)) : names;
        _outputs.Add(known =>
        {
            Output(
                named.Combine(known).SelectMany((pair, _) => pair.Right.AreShared(kind)
                    ? ImmutableArray<FileContent<T>>.Empty
                    : ImmutableArray.Create(new FileContent<T>(pair.Right.Of(pair.Left.Name), new([pair.Left.Model])))),
                emit);
            Output(
                named.Collect().Combine(known.Select((all, _) => all.AreShared(kind)))
                    .SelectMany((pair, _) => pair.Right ? SharedFiles.Of(kind, pair.Left) : ImmutableArray<FileContent<T>>.Empty),
                emit);
        });
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

    private void Output<T>(IncrementalValuesProvider<FileContent<T>> files, Func<T, string?> emit)
        where T : IEquatable<T> => context.RegisterSourceOutput(
            files,
            (production, file) =>
            {
                var parts = file.Models.Select(emit).OfType<string>().ToArray();
                if (parts.Length > 0)
                {
                    production.AddSource(file.Name, SourceText.From(string.Join("\n", parts), Encoding));
                }
            });
}
