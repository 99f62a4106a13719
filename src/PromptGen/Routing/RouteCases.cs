using System.ComponentModel;

namespace PromptGen.Routing;

/// <summary>The cases of a value. Written by the generator.</summary>
/// <typeparam name="T">What the source of the value gives.</typeparam>
/// <param name="value">The value.</param>
/// <param name="entry">Gets the step and the ceiling of the case.</param>
/// <returns>Whether the value has a case.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool RouteCases<in T>(T value, ref RouteEntry entry);
