using System.Collections.Generic;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>
/// What one attribute of a strategy adds to a route. Everything that describes a prompt as a whole (its version, the comment at the head of its file, the
/// prompts that it calls) is built from its clauses, so that a new kind of clause needs no change there.
/// </summary>
internal abstract record RouteClause
{
    /// <summary>The clause as the leading comment of the generated file says it.</summary>
    public abstract string Description { get; }

    /// <summary>The fields of the definitions of prompts that it calls.</summary>
    public virtual IEnumerable<string> Children => [];

    /// <summary>Adds what is declared to the version of the prompt.</summary>
    public abstract void AddTo(TextHash version);
}
