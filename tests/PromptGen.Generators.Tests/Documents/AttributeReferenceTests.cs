using System.Reflection;
using System.Text.RegularExpressions;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>The reference of attributes and options is what the code has: every type, every property, each with default, meaning and range.</summary>
public sealed partial class AttributeReferenceTests
{
    public static TheoryData<string> Numbers { get; } = new(
        from type in AttributeReference.Types
        where !type.IsEnum
        from property in AttributeReference.Properties(type)
        let plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        where plain == typeof(int) || plain == typeof(long) || plain == typeof(double) || plain == typeof(decimal) || plain == typeof(TimeSpan)
        select $"{type.Name}.{property.Name}");

    [Fact]
    public void The_reference_is_written_from_the_code() => Snapshot.VerifyFile(AttributeReference.Write(), Path.Combine(Repository.Root, AttributeReference.Name));

    [Fact]
    public void Every_attribute_is_in_the_reference() => Assert.Empty(AttributeReference.Attributes.Except(AttributeReference.Types));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_has_a_range(string name)
    {
        var type = AttributeReference.Types.Single(type => type.Name == name.Split('.')[0]);
        var summary = AttributeReference.Summary(type.GetProperty(name.Split('.')[1], BindingFlags.Public | BindingFlags.Instance)!);

        Assert.True(Range().IsMatch(summary), $"{name} documents no range: \"{summary}\"");
    }

    // 0–2, 0.5 s–1 day, 1 or more, more than 0, any number
    [GeneratedRegex(@"\d[\d.,]*( ?[a-zA-Z]+)?–\d|\d or more|(more than|above) 0|[Aa]ny (number|value)")]
    private static partial Regex Range();
}
