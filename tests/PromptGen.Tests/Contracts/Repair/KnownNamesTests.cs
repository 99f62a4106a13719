using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>The names that members can have.</summary>
public sealed class KnownNamesTests
{
    [Fact]
    public void Known_names_are_found_in_any_case_and_by_their_letters()
    {
        var names = new KnownNames(["a", "User_Name", "é"]);

        Assert.True(names.Contains("A"u8) && names.Contains("user_name"u8) && names.Contains("é"u8));
        Assert.False(names.Contains("username"u8) || names.Contains("User_Names"u8) || names.Contains("b"u8));
        Assert.True(names.HasLettersOf("user name"u8) && names.HasLettersOf("e"u8));
        Assert.False(names.HasLettersOf("user"u8) || names.HasLettersOf("user names"u8));
    }
}
