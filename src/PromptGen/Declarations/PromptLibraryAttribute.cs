namespace PromptGen;

/// <summary>
/// Makes the prompt classes of a library available to programs that reference it: <c>[assembly: PromptLibrary("AddAcmePrompts")]</c>. The library gets a public
/// extension method of that name, which registers its prompt classes, and <c>AddPromptClients()</c> of a program that references the library calls it.
/// </summary>
/// <param name="method">The name of the method: a C# identifier, not <c>AddPromptClients</c>. Otherwise no method is generated, and PG0104 says why.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PromptLibraryAttribute(string method) : Attribute
{
    /// <summary>The name of the method.</summary>
    public string Method { get; } = method;
}
