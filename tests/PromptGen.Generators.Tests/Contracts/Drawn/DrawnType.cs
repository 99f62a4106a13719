using System.Text.Json;

namespace PromptGen.Generators.Tests.Contracts.Drawn;

/// <summary>
/// An output type that was drawn: how it is declared, what its values look like, and a check of its own that is deliberately simple and shares
/// nothing with the contract.
/// </summary>
/// <param name="CSharp">The type as a member's type.</param>
/// <param name="Attributes">What a member of the type has to carry.</param>
internal abstract record DrawnType(string CSharp, string Attributes)
{
    public abstract DrawnJson Value(Random random);

    public abstract bool Fits(JsonElement json);

    public sealed record Scalar(string Type, string Constraint, Func<Random, DrawnJson> Draw, Func<JsonElement, bool> Check) : DrawnType(Type, Constraint)
    {
        public override DrawnJson Value(Random random) => Draw(random);

        public override bool Fits(JsonElement json) => Check(json);
    }

    public sealed record Nullable(DrawnType Inner) : DrawnType(Inner.CSharp + "?", Inner.Attributes)
    {
        public override DrawnJson Value(Random random) => random.Next(3) == 0 ? DrawnJson.Of("null") : Inner.Value(random);

        public override bool Fits(JsonElement json) => json.ValueKind == JsonValueKind.Null || Inner.Fits(json);
    }

    public sealed record List(DrawnType Item, int Least, int Most) : DrawnType($"List<{Item.CSharp}>", Item.Attributes)
    {
        public override DrawnJson Value(Random random) =>
            new DrawnJson.Array([.. Enumerable.Range(0, random.Next(Least, Most + 1)).Select(_ => Item.Value(random))]);

        public override bool Fits(JsonElement json) => json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(Item.Fits);
    }

    public sealed record Map(string Key, Func<string, bool> IsKey, string[] Keys, DrawnType Item) : DrawnType($"Dictionary<{Key}, {Item.CSharp}>", Item.Attributes)
    {
        public override DrawnJson Value(Random random) =>
            new DrawnJson.Object([.. Keys.Where(_ => random.Next(2) == 0).Select(key => (key, Item.Value(random)))]);

        public override bool Fits(JsonElement json) =>
            json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().All(member => IsKey(member.Name) && Item.Fits(member.Value))
            && json.EnumerateObject().DistinctBy(member => member.Name).Count() == json.EnumerateObject().Count();
    }

    public sealed record Object(string Name, IReadOnlyList<DrawnMember> Members) : DrawnType(Name, "")
    {
        public override DrawnJson Value(Random random) => new DrawnJson.Object([.. Members.Select(member => (member.Name, member.Type.Value(random)))]);

        public override bool Fits(JsonElement json) =>
            json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().All(value => Members.Any(member => member.Name == value.Name && member.Fits(value.Value)))
            && json.EnumerateObject().DistinctBy(value => value.Name).Count() == json.EnumerateObject().Count()
            && Members.All(member => !member.IsRequired || json.TryGetProperty(member.Name, out _));
    }

    public sealed record Union(string Name, IReadOnlyList<Object> Cases) : DrawnType(Name, "")
    {
        public override DrawnJson Value(Random random) => Cases[random.Next(Cases.Count)].Value(random);

        public override bool Fits(JsonElement json) => Cases.Any(item => item.Fits(json));
    }
}

/// <summary>A member of an object that was drawn. One that need not be there may also be null.</summary>
internal sealed record DrawnMember(string Name, DrawnType Type, bool IsRequired, bool IsTag = false)
{
    public bool Fits(JsonElement json) => Type.Fits(json) || (!IsRequired && json.ValueKind == JsonValueKind.Null);
}
