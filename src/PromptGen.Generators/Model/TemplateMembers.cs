using System;

namespace PromptGen.Generators.Model;

/// <summary>The members of the struct that renders a prompt: its own, and those that every struct has.</summary>
internal static class TemplateMembers
{
    /// <summary>Whether a name is that of a member, or starts like those that are numbered.</summary>
    public static bool IsOne(string name) =>
        name is "Equals" or "Finalize" or "GetHashCode" or "GetType" or "MemberwiseClone" or "ReferenceEquals" or "ToString" or "WriteKey"
        || name.StartsWith("Render", StringComparison.Ordinal);
}
