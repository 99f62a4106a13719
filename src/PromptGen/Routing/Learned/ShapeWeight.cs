namespace PromptGen.Routing;

/// <summary>What one number of a text's shape weighs.</summary>
/// <param name="Mean">That of the examples.</param>
/// <param name="Deviation">The standard deviation of the examples; 0 = all were the same, so that the number has no effect.</param>
/// <param name="Weak">The weight for the weak model.</param>
/// <param name="Strong">The weight for the strong model.</param>
internal readonly record struct ShapeWeight(double Mean, double Deviation, double Weak, double Strong);
