using System.Collections.Generic;

namespace PromptGen.Generators.Templates;

/// <summary>Follows the role through the branches of a template.</summary>
internal static class RoleFlow
{
    /// <summary>Whether a system message may be open behind the nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="before">Whether one may be open before them.</param>
    public static bool EndsInSystem(IReadOnlyList<TemplateNode> nodes, bool before)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case HelperNode { Name: "role", Arguments.Count: > 0 } role:
                    before = role.Arguments[0].Text == "system";
                    break;
                case BlockNode { Kind: BlockKind.Each } each:
                    before |= EndsInSystem(each.Body, before) || EndsInSystem(each.Else, before);
                    break;
                case BlockNode block:
                    before = EndsInSystem(block.Body, before) | EndsInSystem(block.Else, before);
                    break;
            }
        }

        return before;
    }
}
