using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>One thing that a template does.</summary>
internal abstract record BoundNode;

/// <summary>Writes literal text, line breaks normalised to <c>\n</c>.</summary>
internal sealed record BoundText(string Text) : BoundNode;

/// <summary>Starts a message.</summary>
/// <param name="Role">A member of PromptRole.</param>
internal sealed record BoundRole(string Role) : BoundNode;

/// <summary>Writes a value as text.</summary>
internal sealed record BoundValue(BoundPath Path) : BoundNode;

/// <summary>Writes a value as JSON.</summary>
/// <param name="Path">The value.</param>
/// <param name="Type">The type that lists the members of its shape.</param>
/// <param name="Indent">Blanks per level; 0 = all on one line.</param>
internal sealed record BoundJson(BoundPath Path, TypeShape Type, int Indent) : BoundNode;

/// <summary>Writes all parameters as one JSON object.</summary>
internal sealed record BoundJsonOfAll(EquatableArray<BoundJsonProperty> Properties, int Indent) : BoundNode;

/// <summary>A parameter as a member of a JSON object.</summary>
internal sealed record BoundJsonProperty(string Name, BoundPath Path, TypeShape Type);

/// <summary>Adds an image or another medium.</summary>
internal sealed record BoundMedia(BoundOperand Source, BoundOperand? ContentType) : BoundNode;

/// <summary>A path or a string: one of the two.</summary>
internal sealed record BoundOperand(BoundPath? Path, string? Text);

/// <summary>Writes the contract's schema.</summary>
internal sealed record BoundSchema : BoundNode;

/// <summary>Writes <paramref name="Then"/> where the condition is truthy, else <paramref name="Else"/>; the other way round where negated.</summary>
internal sealed record BoundIf(BoundPath Condition, bool IsNegated, EquatableArray<BoundNode> Then, EquatableArray<BoundNode> Else) : BoundNode;

/// <summary>Writes <paramref name="Body"/> once per element.</summary>
/// <param name="Source">The collection.</param>
/// <param name="Collection">The name under which the collection is known inside.</param>
/// <param name="Item">The loop variable.</param>
/// <param name="Index">The counter; null = not needed.</param>
/// <param name="CountMember">The collection's own member that counts; null = it has none.</param>
/// <param name="CopiedFrom">The name of the collection before it is copied to an array, because a count is needed and it has none; null = it is not copied.</param>
/// <param name="Body">What is written per element.</param>
/// <param name="Else">What is written where there is none.</param>
internal sealed record BoundEach(
    BoundPath Source,
    string Collection,
    string Item,
    string? Index,
    string? CountMember,
    string? CopiedFrom,
    EquatableArray<BoundNode> Body,
    EquatableArray<BoundNode> Else) : BoundNode;

/// <summary>An expression that leads to a value.</summary>
/// <param name="Root">A parameter, a loop variable or an expression of one, as C# writes it.</param>
/// <param name="Steps">The members on the way.</param>
/// <param name="Shape">The shape of the value.</param>
internal sealed record BoundPath(string Root, EquatableArray<BoundStep> Steps, ValueShape Shape)
{
    /// <summary>Whether the whole expression can be null.</summary>
    public bool CanBeNull
    {
        get
        {
            foreach (var step in Steps)
            {
                if (step.IsNullSafe)
                {
                    return true;
                }
            }

            return Shape.CanBeNull;
        }
    }

    /// <summary>Whether the value holds as a condition whatever it is: it is never null, and neither empty nor zero nor false.</summary>
    public bool IsAlwaysTrue =>
        !CanBeNull && Shape.Kind is not (ShapeKind.Bool or ShapeKind.Text or ShapeKind.Number or ShapeKind.Enumerable or ShapeKind.Dictionary or ShapeKind.Unknown);
}

/// <summary>A member on a path.</summary>
/// <param name="Member">Its name, as C# writes it.</param>
/// <param name="IsNullSafe">Whether what it belongs to can be null.</param>
internal sealed record BoundStep(string Member, bool IsNullSafe);
