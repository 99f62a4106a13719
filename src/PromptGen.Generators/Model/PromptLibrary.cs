using System.Text;

namespace PromptGen.Generators.Model;

/// <summary>An assembly whose prompts other assemblies register: <c>[assembly: PromptLibrary("AddAcmePrompts")]</c>.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Method">The name of its public method.</param>
internal sealed record PromptLibrary(string Assembly, string Method)
{
    /// <summary>The public class with the method: of the assembly's own name, so that those of two libraries are never one.</summary>
    public string ClassName
    {
        get
        {
            var name = new StringBuilder();
            foreach (var c in Assembly)
            {
                name.Append(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ? c : '_');
            }

            return "PromptsOf_" + name;
        }
    }
}
