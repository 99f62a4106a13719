using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>How a prompt class comes to the runtime.</summary>
internal enum RuntimeAccess
{
    /// <summary>It has no way to.</summary>
    None,

    /// <summary>It has no constructor: the generator writes one.</summary>
    GeneratedConstructor,

    /// <summary>Its own constructor takes the runtime and assigns the field that the generator declares.</summary>
    GeneratedField,

    /// <summary>It has a field or a property with the runtime.</summary>
    OwnMember,

    /// <summary>Its primary constructor has a parameter with the runtime.</summary>
    PrimaryParameter,

    /// <summary>Its primary constructor has a parameter with the runtime, which only initializers may read: a member hides it, or it goes to the base class.</summary>
    HiddenParameter,
}

/// <summary>The class that contains a prompt.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Types">The types from the outermost to the class itself.</param>
/// <param name="Access">How it comes to the runtime.</param>
/// <param name="RuntimeName">The member or parameter by which generated code reaches the runtime.</param>
/// <param name="DefinitionsName">The generated member that lists its prompts.</param>
/// <param name="ConstructorTypes">Types of its own constructor's parameters, for registration; empty where the generator writes it.</param>
/// <param name="RequiredMembers">Its members that must be initialized, for registration.</param>
/// <param name="IsRegistrable">Whether other code of the assembly can name it and construct it.</param>
internal sealed record ContainerDeclaration(
    string Namespace,
    EquatableArray<ContainingType> Types,
    RuntimeAccess Access,
    string RuntimeName,
    string DefinitionsName,
    EquatableArray<string> ConstructorTypes,
    EquatableArray<RequiredMember> RequiredMembers,
    bool IsRegistrable)
{
    /// <summary>The interfaces under which it is registered too, as generated code writes them.</summary>
    public EquatableArray<string> Interfaces { get; init; }

    public ContainingType Type => Types[Types.Count - 1];

    /// <summary><c>global::Acme.Outer.Desk</c>.</summary>
    public string FullName => "global::" + DottedName;

    /// <summary>The name as files use it: <c>Acme.Outer.Page{T}</c>.</summary>
    public string FileName
    {
        get
        {
            var name = Namespace;
            foreach (var type in Types)
            {
                name += (name.Length == 0 ? "" : ".") + type.Name + type.TypeParameters.Replace('<', '{').Replace('>', '}');
            }

            return name.Replace("@", "");
        }
    }

    /// <summary><c>Acme.Outer.Desk</c>.</summary>
    public string DottedName => (Namespace.Length == 0 ? "" : Namespace + ".") + TypePath;

    /// <summary><c>Outer.Desk</c>.</summary>
    public string TypePath
    {
        get
        {
            var path = "";
            foreach (var type in Types)
            {
                path += (path.Length == 0 ? "" : ".") + CSharpName.Escape(type.Name);
            }

            return path;
        }
    }

    public bool AllPartial
    {
        get
        {
            foreach (var type in Types)
            {
                if (!type.IsPartial)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>A member that an object initializer has to set.</summary>
internal sealed record RequiredMember(string Name, string TypeName);

/// <summary>A type on the way from the namespace to the prompt class.</summary>
/// <param name="Keyword"><c>class</c>, <c>record</c>, <c>struct</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeParameters"><c>&lt;T&gt;</c>, or empty.</param>
internal sealed record ContainingType(string Keyword, string Name, string TypeParameters, bool IsPartial, bool IsStatic);
