using System.Text.Json;

namespace PromptGen.Ledgers;

/// <summary>The names that a contract declares: whatever else is in a JSON pointer is text of the answer.</summary>
internal sealed class DeclaredNames
{
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    /// <param name="schema">The JSON Schema of the contract; empty where the answer is text.</param>
    public static DeclaredNames Of(string schema)
    {
        var names = new DeclaredNames();
        if (schema.Length > 0)
        {
            using var document = JsonDocument.Parse(schema);
            names.Collect(document.RootElement);
        }

        return names;
    }

    /// <summary>A pointer with <c>*</c> in place of every segment that the contract does not declare, for example <c>/items/*/name</c>.</summary>
    public string Mask(string pointer) => string.Join('/', pointer.Split('/').Select((segment, index) => index == 0 || IsDeclared(segment) ? segment : "*"));

    private bool IsDeclared(string segment) => _declared.Contains(JsonPointer.Unescape(segment));

    private void Collect(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in schema.EnumerateArray())
            {
                Collect(item);
            }
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in schema.EnumerateObject())
            {
                if (member.NameEquals("properties") && member.Value.ValueKind == JsonValueKind.Object)
                {
                    foreach (var property in member.Value.EnumerateObject())
                    {
                        _declared.Add(property.Name);
                    }
                }

                Collect(member.Value);
            }
        }
    }
}
