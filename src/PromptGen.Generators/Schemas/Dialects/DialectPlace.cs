namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Where in a schema the rewriting is.</summary>
/// <param name="Pointer">JSON pointer; member names are not escaped, as nothing but their order is asked of it.</param>
/// <param name="Depth">The objects around it, within its definition.</param>
/// <param name="IsOptional">Whether the way from its definition leads through an optional member.</param>
internal readonly record struct DialectPlace(string Pointer, int Depth, bool IsOptional)
{
    public DialectPlace At(string step) => this with { Pointer = Pointer + step };

    public DialectPlace Into(string member, bool isOptional) =>
        new(Pointer + "/properties/" + member.Replace("~", "~0").Replace("/", "~1"), Depth + 1, IsOptional || isOptional);
}
