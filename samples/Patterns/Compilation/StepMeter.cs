using System.Globalization;

namespace Acme.Patterns.Compilation;

/// <summary>The class that counts steps. Its source is compiled into each assembly, after the code has been checked, so that the code cannot name it.</summary>
internal static class StepMeter
{
    /// <summary>The name of the class.</summary>
    public const string Name = "__Meter";

    /// <summary>The method that every step calls. It throws where a limit is exceeded, and from then on each time.</summary>
    public const string Step = "Step";

    /// <summary>The field with the <see cref="ExceededLimit"/>, which another thread may set. No <c>catch</c> of the code applies once it is set.</summary>
    public const string Exceeded = "Exceeded";

    /// <summary>The class in C#.</summary>
    public static string Source(CodeLimits limits) => string.Create(CultureInfo.InvariantCulture, $$"""
        internal static class {{Name}}
        {
            public static volatile int {{Exceeded}};
            private static long left = {{limits.Steps}};
            private static long before = -1;

            public static bool {{Step}}()
            {
                before = before < 0 ? System.GC.GetAllocatedBytesForCurrentThread() : before;
                var exceeded = --left < 0 ? {{(int)ExceededLimit.Steps}}
                    : System.GC.GetAllocatedBytesForCurrentThread() - before > {{limits.Bytes}} ? {{(int)ExceededLimit.Memory}}
                    : !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack() ? {{(int)ExceededLimit.Depth}}
                    : 0;
                if ({{Exceeded}} == 0 && exceeded != 0)
                {
                    {{Exceeded}} = exceeded;
                }

                return {{Exceeded}} == 0 ? true : throw new System.OperationCanceledException();
            }
        }
        """);
}

/// <summary>Why code was ended.</summary>
internal enum ExceededLimit
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>It took too many steps.</summary>
    Steps,

    /// <summary>It allocated too much.</summary>
    Memory,

    /// <summary>Its calls were nested too deeply.</summary>
    Depth,

    /// <summary>Another thread stopped it.</summary>
    Stopped,
}
