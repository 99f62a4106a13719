namespace Acme.Patterns.Compilation;

/// <summary>What code of a model may use.</summary>
internal sealed record CodeLimits
{
    /// <summary>Characters of the code.</summary>
    public int Characters { get; init; } = 4_000;

    /// <summary>How long the compiler may take.</summary>
    public TimeSpan CompileTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Iterations of loops, calls of methods and objects that are created, in all tests together.</summary>
    public long Steps { get; init; } = 200_000;

    /// <summary>Bytes that the code allocates, in all tests together.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>How long all tests together may take.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The stack of the thread that runs the tests. Large, so that the steps end before calls inside the library, which count none, use it up.</summary>
    public int StackBytes { get; init; } = 64 << 20;
}
