using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>A generated file and what it is written from.</summary>
/// <param name="Name">The name that is passed to the compiler.</param>
/// <param name="Models">What it is written from, one after the other: one model, except in a shared file.</param>
internal readonly record struct FileContent<T>(string Name, EquatableArray<T> Models)
    where T : IEquatable<T>;

/// <summary>
/// The files of a kind in a project that has many. The compiler compares the name of each generated file with those of all files before it, after
/// every keystroke, so their number has a limit: above it, files of one kind share <see cref="Limit"/> files, chosen by a hash of their own names.
/// </summary>
internal static class SharedFiles
{
    /// <summary>The largest number of files of one kind.</summary>
    public const int Limit = 1024;

    /// <summary>All shared files of a kind, those without content too: an edit that adds a model changes one of them and moves none.</summary>
    /// <param name="kind">The kind of the files.</param>
    /// <param name="models">The models, each with the name that its own file would have.</param>
    public static ImmutableArray<FileContent<T>> Of<T>(FileKind kind, IEnumerable<(FileName Name, T Model)> models)
        where T : IEquatable<T>
    {
        var shared = new List<(FileName Name, T Model)>[Limit];
        foreach (var model in models)
        {
            (shared[IndexOf(model.Name.Name)] ??= []).Add(model);
        }

        var files = ImmutableArray.CreateBuilder<FileContent<T>>(Limit);
        for (var i = 0; i < Limit; i++)
        {
            // No generated file has this name of its own: a hyphen is in no C# name.
            files.Add(new FileContent<T>(string.Format(CultureInfo.InvariantCulture, "{0}-{1:x3}.g.cs", kind, i), InOrder(shared[i])));
        }

        return files.MoveToImmutable();
    }

    private static int IndexOf(string name) => (int)(new TextHash().Add(name).Value % Limit);

    private static EquatableArray<T> InOrder<T>(List<(FileName Name, T Model)>? models)
        where T : IEquatable<T> =>
        models is null ? default : models.OrderBy(static model => model.Name.Name, StringComparer.Ordinal).Select(static model => model.Model).ToEquatableArray();
}
