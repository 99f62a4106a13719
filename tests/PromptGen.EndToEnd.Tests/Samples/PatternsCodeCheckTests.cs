extern alias patternsSample;

using System.Runtime.CompilerServices;
using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Compilation;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>What the check of generated code accepts, rejects and ends.</summary>
public class PatternsCodeCheckTests
{
    private static readonly CodeCheck Check = CodeCheck.Default;

    // Valid code of many kinds: counting its steps changes none of its results.
    public static TheoryData<string> Allowed { get; } = new(
        "public static int F(int n) => n * 2;",
        "public static int F(int n) { var sum = 0; for (var i = 0; i < n; i++) sum += i; return sum == 210 ? 42 : sum; }",
        "public static int F(int n) { var i = 0; do { i++; } while (i < n * 2); return i; }",
        "public static int F(int n) { var i = 0; while (true) if (++i == 42) break; return i; }",
        "public static int F(int n) { var all = 0; foreach (var (key, value) in new Dictionary<int, int> { [n] = n }) all = key + value; return all; }",
        "public static int F(int n) => Enumerable.Range(1, n).Where(x => x % 2 == 0).Select(x => { return x; }).Count() + n + 11;",
        "public static int F(int n) { int Twice(int x) => x * 2; void Nothing() { } Nothing(); return Twice(n); }",
        "public static int F(int n) => Twice().First() + Twice().Skip(1).First(); static IEnumerable<int> Twice() { yield return 21; yield return 21; }",
        "public static int F(int n) => new Pair { Left = n, Right = n }.Sum; class Pair { public int Left { get; set; } public int Right { get; set; } public int Sum => Left + Right; }",
        "public static int F(int n) => (new Money(n) + new Money(n)).Amount; readonly struct Money(int amount) { public int Amount => amount; public static Money operator +(Money a, Money b) => new(a.Amount + b.Amount); }",
        "public static int F(int n) { Action<int> add = x => n += x; add(21); Func<int> read = () => n; return read(); }",
        "public static int F(int n) { var text = new StringBuilder(); text.Append($\"{n * 2:0}\"); return int.Parse(text.ToString()); }",
        "public static int F(int n) => n switch { 21 => 42, _ => throw new ArgumentOutOfRangeException(nameof(n)) };",
        "public static int F(int n) { var list = new List<int> { n, n }; list.Sort((a, b) => b.CompareTo(a)); return list.Sum(); }",
        "public static int F(int n) => new Box<int>(n)[2]; class Box<T>(T value) { public T Value => value; public int this[int times] => Convert.ToInt32(Value) * times; }",
        "public static int F(int n) { try { checked { return int.MaxValue + n; } } catch (OverflowException) { return 42; } finally { n = 0; } }",
        "public static int F(int n) { int[] numbers = [n, n]; ref var first = ref First(numbers); first += n; return numbers[0]; static ref int First(int[] all) => ref all[0]; }",
        "public static int F(int n) { (int a, int b) = (n, n); Func<int, int> f = delegate(int x) { return x + a; }; return f(b); }");

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Code_that_is_right_passes(string method)
    {
        Assert.Null(Check.Compile(Answer(method)));
        Assert.Null(await TestAsync(Check, method));
    }

    [Fact]
    public void An_error_of_the_compiler_is_named_with_its_line() =>
        Assert.Equal(
            "The code does not compile:\nline 3: CS1061: 'string' does not contain a definition for 'Size' and no accessible extension method 'Size' accepting a first argument of type 'string' could be found (are you missing a using directive or an assembly reference?)",
            Check.Compile("public static class Answer\n{\n    public static int F(string text) => text.Size;\n}"));

    [Theory]
    [InlineData("public static int F(int n) { System.IO.File.Delete(\"x\"); return n; }", "System.IO.File")]
    [InlineData("public static object F(int n) => n.GetType();", "System.Type")]
    [InlineData("public static object F(int n) => typeof(int);", "System.Type")]
    [InlineData("public static int F(int n) { Environment.Exit(0); return n; }", "System.Environment")]
    [InlineData("public static int F(int n) { Func<int> f = () => n; return f.Method.GetParameters().Length; }", "System.Delegate, System.Reflection.MethodInfo")]
    [InlineData("public static int F(int n) { new System.Threading.Thread(() => { }).Start(); return n; }", "System.Threading.Thread, System.Threading.ThreadStart")]
    [InlineData("public static int F(int n) { System.Threading.Tasks.Task.Delay(n).Wait(); return n; }", "System.Threading.Tasks.Task")]
    [InlineData("public static int F(int n) { GC.Collect(); return n; }", "System.GC")]
    [InlineData("public static int F(int n) { dynamic d = n; return d; }", "dynamic")]
    [InlineData("public static int F(int n) { Span<int> s = stackalloc int[n]; return s[0]; }", "stackalloc")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"c\")] static extern void exit(int n); public static int F(int n) => n;", "attributes, extern")]
    [InlineData("public static int F(int n) { again: goto again; }", "goto")]
    [InlineData("class A { ~A() { while (true) { } } } public static int F(int n) => n;", "destructors")]
    [InlineData("record A(int Number, A Other); public static int F(int n) => n;", "records")]
    [InlineData("public static async System.Threading.Tasks.Task<int> F(int n) { await System.Threading.Tasks.Task.Yield(); return n; }", "async, await")]
    [InlineData("static System.Net.IPAddress F(int n) => null;", "")]
    public void What_is_not_allowed_is_named(string method, string names)
    {
        var flaw = Check.Compile(Answer(method));

        Assert.StartsWith(names.Length > 0 ? "The code uses what is not allowed: " : "The code does not compile:", flaw, StringComparison.Ordinal);
        Assert.All(names.Split(", "), name => Assert.Contains(name, flaw, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public static int F(int n) { while (true) { } }")]
    [InlineData("public static int F(int n) { for (;;) ; }")]
    [InlineData("public static int F(int n) { do { n++; } while (n != 0); return n; }")]
    [InlineData("public static int F(int n) { while (true) { try { while (true) { } } catch { } finally { } } }")]
    [InlineData("public static int F(int n) { return All().Sum(); static IEnumerable<int> All() { while (true) yield return 0; } }")]
    [InlineData("public static int F(int n) => Enumerable.Range(0, int.MaxValue).Count(x => x < 0);")]
    public async Task A_loop_without_end_ends_after_its_steps(string method) =>
        Assert.Equal("F(21) needs more than 200000 steps: is there a loop without end?", await TestAsync(Check, method));

    [Theory]
    [InlineData("public static int F(int n) => F(n + 1);")]
    [InlineData("public static int F(int n) { try { return F(n + 1); } catch { return F(n); } }")]
    [InlineData("public static int F(int n) { Func<int, int> f = null; f = x => f(x + 1); return f(n); }")]
    [InlineData("public static int F(int n) => new A().Value; class A { public int Value => Value; }")]
    [InlineData("public static int F(int n) => new A().GetHashCode(); class A { A other = new A(); }")]
    [InlineData("public static int F(int n) => new A().Other is null ? 1 : 2; struct A { public object Other = new A(); public A() { } }")]
    public async Task A_recursion_without_end_ends(string method) =>
        Assert.Matches("needs more than 200000 steps|calls itself too often", await TestAsync(Check, method));

    [Fact]
    public async Task Memory_is_limited() =>
        Assert.Equal("F(21) allocates more than 64 MB.", await TestAsync(Check, "public static int F(int n) { var text = \"x\"; while (true) text += text; }"));

    [Fact]
    public async Task Time_is_limited()
    {
        var time = new ManualTimeProvider();
        var check = new CodeCheck(new CodeLimits { Steps = long.MaxValue }, time);

        var run = TestAsync(check, "public static int F(int n) { while (true) { } }");
        await time.AdvanceUntilAsync(run, TimeSpan.FromSeconds(10));

        Assert.Equal("The tests take longer than 10 s.", await run);
    }

    [Fact]
    public async Task A_caller_that_cancels_does_not_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var check = new CodeCheck(new CodeLimits { Steps = long.MaxValue }, new ManualTimeProvider());

        var run = TestAsync(check, "public static int F(int n) { while (true) { } }", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Code_that_is_stopped_ends_its_thread()
    {
        var limits = new CodeLimits { Steps = long.MaxValue };
        var code = new LoadedCode(CompiledCode.Of(Answer("public static int F(int n) { while (true) { try { while (true) { } } catch { } } }"), limits, CancellationToken.None).Image!, limits);
        var thread = new Thread(() => code.Test(Twice)) { IsBackground = true };
        thread.Start();

        code.Stop();

        Assert.True(thread.Join(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Code_is_unloaded_after_its_tests()
    {
        var context = RunAndForget();
        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference RunAndForget()
        {
            var code = new LoadedCode(CompiledCode.Of(Answer("public static int F(int n) => n; class A { }"), new CodeLimits(), CancellationToken.None).Image!, new CodeLimits());
            Assert.Equal("F(21) returns 21, not 42.", code.Test(Twice));

            return new WeakReference(code.Context);
        }
    }

    [Fact]
    public void The_compiler_and_the_size_are_limited()
    {
        Assert.Equal("The compiler takes longer than 0 s for the code.", new CodeCheck(new CodeLimits { CompileTime = TimeSpan.Zero }, TimeProvider.System).Compile(Answer("")));
        Assert.Equal("The code has more than 4000 characters.", Check.Compile(Answer(new string(' ', 4_000))));
    }

    [Theory]
    [InlineData("public static int F(int n) => n + 1;", "F(21) returns 22, not 42.")]
    [InlineData("public static int F(int n) => throw new InvalidOperationException(\"text of the code\");", "F(21) throws InvalidOperationException.")]
    [InlineData("public static int F(string n) => 42;", "F(21) does not fit the parameters of the method.")]
    [InlineData("public static int G(int n) => 42;", "There is no public static method Answer.F.")]
    [InlineData("public static int F(int n) => 42; public static int F(long n) => 42;", "There are several methods of that name.")]
    [InlineData("public static object F(int n) => new A(); class A { }", "F(21) returns A, not 42.")]
    public async Task A_test_that_fails_is_named(string method, string failure) => Assert.Equal(failure, await TestAsync(Check, method));

    [Fact]
    public async Task Code_that_writes_to_its_arguments_changes_no_test()
    {
        int[] numbers = [3, 1, 2];
        var task = new ProgrammingTask("int First(int[] numbers)", "", [new ProgrammingTest(1, numbers), new ProgrammingTest(1, numbers)]);

        Assert.Null(await Check.TestAsync(Answer("public static int First(int[] numbers) { Array.Sort(numbers); return numbers[0]; }"), task, TestContext.Current.CancellationToken));
        Assert.Equal([3, 1, 2], numbers);
    }

    private static ProgrammingTask Twice { get; } = new("int F(int n)", "Twice the number.", [new ProgrammingTest(42, 21)]);

    private static Task<string?> TestAsync(CodeCheck check, string method, CancellationToken cancellationToken = default) => check.TestAsync(Answer(method), Twice, cancellationToken);

    private static string Answer(string members) => $$"""
        public static class Answer
        {
            {{members}}
        }
        """;
}
