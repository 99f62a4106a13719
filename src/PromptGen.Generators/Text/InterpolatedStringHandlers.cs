namespace System.Runtime.CompilerServices;

/// <summary>Lets netstandard2.0 compile handlers of interpolated strings.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>Lets a handler of an interpolated string take an argument of the method that it is passed to; the empty name is the receiver.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    public string[] Arguments { get; } = [argument];
}
