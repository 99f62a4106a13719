using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Another assembly that programs reference: types that they can use in part only.</summary>
internal static class DrawnLibrary
{
    /// <summary>The assembly that one of the two libraries shows its internals to.</summary>
    public const string Friend = "AcmeFriend";

    private static readonly Lazy<MetadataReference> s_reserved = new(static () => Compile.Sources(Source).ToLibrary());
    private static readonly Lazy<MetadataReference> s_friendly = new(static () =>
        Compile.Sources(Source, $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{Friend}\")]").ToLibrary());

    /// <summary>Types that may be the type of an answer, a member or a parameter.</summary>
    public static readonly string[] Types =
    [
        "Lib.Open", "Lib.Closed", "Lib.HalfClosed", "Lib.InternalInit", "Lib.InternalPositional", "Lib.PrivateSet", "Lib.ProtectedSet", "Lib.Marked", "Lib.Shape", "Lib.Circle",
        "Lib.TaggedShape", "Lib.Kind", "Lib.Point", "Lib.Box<int>", "Lib.Box<Lib.Open>", "Lib.Derived", "Lib.IThing", "Lib.Explicit", "Lib.ReadOnly", "Lib.Fields", "Lib.Overriding",
        "Lib.Several", "Lib.Old", "Lib.Outer.Nested", "Lib.InternalGet", "Lib.Checked", "Lib.WithHidden",
    ];

    /// <summary>Those that may be answers.</summary>
    public static readonly string[] Usable =
    [
        "Lib.Open", "Lib.HalfClosed", "Lib.PrivateSet", "Lib.ProtectedSet", "Lib.Circle", "Lib.Kind", "Lib.Point", "Lib.Box<int>", "Lib.Box<Lib.Open>", "Lib.Derived", "Lib.Fields", "Lib.Overriding", "Lib.Several", "Lib.Outer.Nested",
        "Lib.InternalGet", "Lib.WithHidden", "Lib.InternalInit", "Lib.Marked",
    ];

    /// <summary>Members by which a call may enter its route.</summary>
    public static readonly (string Type, string Member)[] Paths =
    [
        ("Lib.HalfClosed", "A"), ("Lib.InternalGet", "A"), ("Lib.InternalGet", "B"), ("Lib.ProtectedSet", "P"), ("Lib.Point", "Y"), ("Lib.Point", "X"), ("Lib.Fields", "Kind"), ("Lib.Fields", "Hidden"),
        ("Lib.IThing", "A"), ("Lib.Explicit", "A"), ("Lib.Derived", "Name"), ("Lib.Old", "A"), ("Lib.Open", "Missing"), ("Lib.Box<int>", "Value"), ("Lib.Indexed", "Item"), ("Lib.IBoth", "A"),
    ];

    public static MetadataReference Reference(bool isFriendly) => (isFriendly ? s_friendly : s_reserved).Value;

    private const string Source = """
        namespace Lib;
        public enum Kind { A, B, C }
        public record Open(int A, string B, Kind Kind = Kind.A);
        public class Closed { internal Closed() { } public int A { get; set; } }
        public class HalfClosed { public int A { get; internal set; } public string B { get; set; } = ""; }
        public class InternalInit { public int A { get; internal init; } public required int B { get; init; } }
        public record InternalPositional { internal InternalPositional(int a) => A = a; public int A { get; } public int B { get; init; } }
        public class PrivateSet { public int A { get; private set; } public int B { get; set; } }
        public class ProtectedSet { public int A { get; protected set; } public int B { get; set; } protected internal int P { get; set; } }
        public class Marked { [JsonConstructor] internal Marked(int a) => A = a; public Marked() { } public int A { get; set; } }
        public abstract record Shape(int Id); public record Circle(int Id, double Radius) : Shape(Id); internal record Secret(int Id) : Shape(Id);
        [JsonDerivedType(typeof(TaggedCircle), "circle"), JsonDerivedType(typeof(TaggedSecret), "secret")] public abstract record TaggedShape;
        public record TaggedCircle(double Radius) : TaggedShape; internal record TaggedSecret(int A) : TaggedShape;
        public struct Point { public int X; internal int Y; public int Z { get; internal set; } }
        public class Box<T> { public T Value { get; set; } = default!; internal T Other { get; set; } = default!; }
        public class Named { public virtual string Name { get; set; } = ""; internal virtual int Rank { get; set; } }
        public class Derived : Named { public new Kind Name { get; set; } public int Age { get; set; } }
        public class Overriding : Named { public override string Name { get; set; } = "x"; }
        public interface IThing { int A { get; } }
        public interface IOther { int A { get; } }
        public interface IBoth : IThing, IOther { }
        public class Explicit : IThing { int IThing.A => 1; public int B { get; set; } }
        public class ReadOnly { public int A { get; } public int B { get; } = 2; }
        public class Fields { public int A; public readonly int B; internal int Hidden; public Kind Kind; public const int C = 3; public static int D; }
        public class Several { public Several(int a) => A = a; internal Several(int a, int b) => A = a + b; public int A { get; } }
        public class Old { [Obsolete("no", true)] public int A { get; set; } public int B { get; set; } }
        public class Outer { public class Nested { public int A { get; set; } } internal class Secret { public int A { get; set; } } }
        public class InternalGet { public int A { internal get; set; } internal int B { get; set; } public int C { get; set; } }
        [ContractCheck("Check")] public class Checked { public int A { get; set; } internal static string? Check(Checked value) => null; }
        public class WithHidden { public int A { get; set; } internal Outer.Secret Hidden { get; set; } = null!; public Outer.Nested Shown { get; set; } = null!; }
        public class Indexed { public int this[int index] => index; public int A { get; set; } }
        public class Base
        {
            public bool IsPublic(string value) => true;
            protected bool IsProtected(string value) => true;
            protected internal bool IsProtectedOrInternal(string value) => true;
            private protected bool IsPrivateProtected(string value) => true;
            internal bool IsInternal(string value) => true;
            internal static bool IsInternalStatic(string value) => true;
            protected bool IsHidden(string value) => true;
            protected bool TakesObject(object? value) => true;
            protected bool TakesRef(ref string value) => true;
            protected bool TakesIn(in string value) => true;
            protected bool TakesOut(out string value) { value = ""; return true; }
            protected bool Takes<T>(T value) => true;
            protected int Counts(string value) => value.Length;
            protected Task<string> GivesAsync(string a) => Task.FromResult(a);
        }
        """;

    /// <summary>The methods of its base class that a prompt may name.</summary>
    public static readonly string[] BaseMethods =
    [
        "IsPublic", "IsProtected", "IsProtectedOrInternal", "IsPrivateProtected", "IsInternal", "IsInternalStatic", "IsHidden", "TakesObject", "TakesRef", "TakesIn", "TakesOut", "Takes", "Counts", "GivesAsync",
    ];
}
