using System;
using System.Collections.Generic;

namespace PromptGen.Generators.Templates;

/// <summary>Whose message may be open at a place of a template.</summary>
[Flags]
internal enum OpenRoles
{
    /// <summary>No role is known.</summary>
    None = 0,

    /// <summary>The user's, which is also open at the beginning.</summary>
    User = 1,

    /// <summary>The system message.</summary>
    System = 2,

    /// <summary>The model's.</summary>
    Assistant = 4,
}

/// <summary>Follows the role through the branches of a template.</summary>
internal static class RoleFlow
{
    /// <summary>The role that a tag opens; <see cref="OpenRoles.None"/> where it opens none.</summary>
    public static OpenRoles Of(HelperNode helper) => helper is not { Name: "role", Arguments.Count: > 0 } ? OpenRoles.None : helper.Arguments[0].Text switch
    {
        "system" => OpenRoles.System,
        "user" => OpenRoles.User,
        "model" or "assistant" => OpenRoles.Assistant,
        _ => OpenRoles.None,
    };

    /// <summary>The roles that may be open behind the nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="before">The roles that may be open before them.</param>
    public static OpenRoles After(IReadOnlyList<TemplateNode> nodes, OpenRoles before)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case HelperNode helper when Of(helper) is not OpenRoles.None and var role:
                    before = role;
                    break;
                case BlockNode { Kind: BlockKind.Each } each:
                    before |= After(each.Body, before) | After(each.Else, before);
                    break;
                case BlockNode block:
                    before = After(block.Body, before) | After(block.Else, before);
                    break;
            }
        }

        return before;
    }
}
