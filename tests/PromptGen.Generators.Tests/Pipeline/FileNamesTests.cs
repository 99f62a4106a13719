using PromptGen.Generators.Emission;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>The compiler accepts each name of a generated file once, ignoring case.</summary>
public sealed class FileNamesTests
{
    private static readonly FileName Upper = new(FileKind.Contract, "Acme.ID.Contract.g.cs");
    private static readonly FileName Lower = new(FileKind.Contract, "Acme.Id.Contract.g.cs");
    private static readonly FileName Prompt = new(FileKind.Prompt, "Acme.Id.Contract.g.cs");
    private static readonly FileName Other = new(FileKind.Prompt, "Acme.Desk.Ask.g.cs");

    [Fact]
    public void A_name_that_is_there_once_stays_as_it_is() => Assert.Equal([Other.Name, Upper.Name], Names(Other, Upper));

    [Fact]
    public void The_same_file_twice_keeps_its_name() => Assert.Equal([Other.Name, Other.Name], Names(Other, Other));

    [Fact]
    public void Names_that_differ_in_case_or_kind_alone_get_a_hash_that_does_not_depend_on_the_order_or_on_each_other()
    {
        var names = Names(Upper, Lower, Prompt, Other);

        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names[..3], static name => Assert.Matches("^Acme.I[Dd].Contract_[0-9a-f]+.g.cs$", name));
        Assert.Equal(Other.Name, names[3]);
        Assert.Equal(names.Reverse(), Names(Other, Prompt, Lower, Upper));
        Assert.Equal(names[..2], Names(Upper, Lower));
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_file_is_cut_and_gets_a_hash()
    {
        FileName[] files = [.. Enumerable.Range(0, 2).Select(static i => new FileName(FileKind.Prompt, new string('a', 500 + i) + ".g.cs"))];

        var names = Names(files);

        Assert.Equal(2, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, static name => Assert.InRange(name.Length, 100, 180));
        Assert.All(names, static name => Assert.EndsWith(".g.cs", name, StringComparison.Ordinal));
    }

    private static string[] Names(params FileName[] files)
    {
        var names = FileNames.Of(files);
        return Array.ConvertAll(files, names.Of);
    }
}
