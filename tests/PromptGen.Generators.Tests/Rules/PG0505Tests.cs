namespace PromptGen.Generators.Tests.Rules;

/// <summary>Numbers in attributes are in their range.</summary>
public sealed class PG0505Tests
{
    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = {|PG0505:-0.5|})]", "Temperature cannot be -0.5: set it to a number from 0 to 2, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = {|PG0505:double.PositiveInfinity|})]", "Temperature cannot be infinite: set it to a number from 0 to 2, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, Repairs = {|PG0505:-1|})]", "Repairs cannot be -1: set it to 0 or more, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, MaxOutputTokens = {|PG0505:int.MinValue|})]", "MaxOutputTokens cannot be -2147483648: set it to 0 or more, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Budget({|PG0505:double.NaN|})]", "The budget cannot be NaN: set it to an amount of USD above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline({|PG0505:double.PositiveInfinity|})]", "The deadline cannot be infinite: set it to a number of seconds above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Budget({|PG0505:0|})]", "The budget cannot be 0: set it to an amount of USD above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Budget({|PG0505:-1|})]", "The budget cannot be -1: set it to an amount of USD above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), Deadline({|PG0505:0|})]", "The deadline cannot be 0: set it to a number of seconds above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), Deadline({|PG0505:-3|})]", "The deadline cannot be -3: set it to a number of seconds above 0, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline({|PG0505:0.02|})]", "The deadline cannot be 0.02 s, in which no request is answered: set it to a number of seconds, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline({|PG0505:0.4|})]", "The deadline should not be 0.4 s where an attempt may take 5 s: set it to at least what an attempt needs, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, MaxOutputTokens = {|PG0505:20_000|})]", "MaxOutputTokens should not be 20000 where no model of the route writes more than 16384: set it to 16384 or less, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = {|PG0505:(Tier)9|})]", "EscalateTo cannot be 9: set it to a member of Tier, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, Order = {|PG0505:(StepOrder)9|})]", "Order cannot be 9: set it to a member of StepOrder, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, Tolerance = {|PG0505:(Tolerance)(-2)|})]", "Tolerance cannot be -2: set it to a member of Tolerance, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteWhen(Tier.General, ContainsCode = true, MinInputTokens = {|PG0505:-5|})]", "MinInputTokens cannot be -5: set it to 0 or more, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteWhen(Tier.General, ContainsCode = true), RouteWhen(Tier.General, ContainsAny = [\"urgent\"], MaxInputTokens = {|PG0505:-5|})]", "MaxInputTokens cannot be -5: set it to 0 or more, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Cached({|PG0505:0|})]", "The time of [Cached] cannot be 0: set it to a number of seconds above 0, at most 31536000, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Cached({|PG0505:1e9|})]", "The time of [Cached] cannot be 1000000000: set it to a number of seconds above 0, at most 31536000, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:0|})]", "Seconds cannot be 0: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:-1.5|})]", "Seconds cannot be -1.5: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:86401|})]", "Seconds cannot be 86401: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:double.NaN|})]", "Seconds cannot be NaN: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:0|})]", "HedgeAfter cannot be 0: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:-1|})]", "HedgeAfter cannot be -1: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:double.NaN|})]", "HedgeAfter cannot be NaN: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:86401|})]", "HedgeAfter cannot be 86401: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:4|}), Deadline(4)]", "HedgeAfter cannot be 4 with a deadline of 4 s: set it to less than the deadline, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = {|PG0505:5|})]", "HedgeAfter cannot be 5 where every request that another model could follow times out after 5 s: set it to less than TimeoutSeconds of the models, or leave it out")]
    [InlineData("[RoutedPrompt(Models.Mini, HedgeAfter = {|PG0505:2|})]", "HedgeAfter cannot be 2 where no step has another model to ask: set it to 2 together with Fallbacks, or leave it out")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet, HedgeAfter = {|PG0505:2|})]", "HedgeAfter cannot be 2 where no step has another model to ask: set it to 2 together with Fallbacks, or leave it out")]
    [InlineData("[RoutedPrompt(HedgeAfter = {|PG0505:2|}), Ensemble(Models.Mini, Models.Haiku)]", "HedgeAfter cannot be 2 where no step has another model to ask: set it to 2 together with Fallbacks, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteLearned(\"Routers/any.router\", AtLeast = {|PG0505:1.2|})]", "AtLeast cannot be 1.2: set it to a number from 0 to 1, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteLearned(\"Routers/any.router\", AtLeast = {|PG0505:-0.1|})]", "AtLeast cannot be -0.1: set it to a number from 0 to 1, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteLearned(\"Routers/any.router\", AtLeast = {|PG0505:double.NaN|})]", "AtLeast cannot be NaN: set it to a number from 0 to 1, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), RouteLearned(\"Routers/any.router\", MaxAgeDays = {|PG0505:0|})]", "MaxAgeDays cannot be 0: set it to 1 or more, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline({|PG0505:30_000|})]", "The deadline should not be 30000 s where all requests of the route end within 20 s: set it to 30 if milliseconds were meant, or leave it out")]
    [InlineData("[RoutedPrompt(Models.Mini), Deadline({|PG0505:1_500|})]", "The deadline should not be 1500 s where all requests of the route end within 10 s: set it to 1.5 if milliseconds were meant, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), AcceptIf(nameof(IsGood)), Deadline({|PG0505:30_000|})]", "The deadline should not be 30000 s where no call takes an hour: set it to 30 if milliseconds were meant, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, Repairs = {|PG0505:100|})]", "Repairs should not be 100, since each repair sends the whole conversation again: set it to 1 or 2, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast, MaxOutputTokens = {|PG0505:5|})]", "MaxOutputTokens should not be 5 where the shortest answer has 15 tokens, so that every answer is cut off: set it to what the longest answer needs, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Budget({|PG0505:50|})]", "The budget should not be $50.00 where no call can cost more than $0.443597: set it to 0.5 if cents were meant, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:5_000|})]", "Seconds should not be 5000, more than an hour for a substitute: set it to 5 if milliseconds were meant, or leave it out")]
    public async Task Fires(string attributes, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Prompt(attributes))).Message("PG0505"));

    [Theory]
    [InlineData("OutputPrice = {|PG0505:double.PositiveInfinity|}", "OutputPrice cannot be infinite: set it to a number from 0 to 1000000, in USD per million tokens, or leave it out")]
    [InlineData("CachedInputPrice = {|PG0505:1_000_001|}", "CachedInputPrice cannot be 1000001: set it to a number from 0 to 1000000, in USD per million tokens, or leave it out")]
    [InlineData("LongContextFrom = {|PG0505:-200_000|}, LongContextOutputPrice = 6", "LongContextFrom cannot be -200000: set it to 0 or more, or leave it out")]
    [InlineData("LongContextFrom = {|PG0505:200_000|}", "LongContextFrom cannot be 200000 without a long-context price: set it to 200000 together with LongContextInputPrice or LongContextOutputPrice, or leave it out")]
    [InlineData("LongContextOutputPrice = {|PG0505:6|}", "LongContextOutputPrice cannot be 6 without LongContextFrom: set it to 6 together with LongContextFrom, or leave it out")]
    [InlineData("BatchPrice = {|PG0505:50|}", "BatchPrice cannot be 50: set it to a number from 0 to 1, the share of the prices, or leave it out")]
    [InlineData("ContextWindow = {|PG0505:-1|}", "ContextWindow cannot be -1: set it to 0 or more, or leave it out")]
    [InlineData("MaxOutputTokens = {|PG0505:-1|}", "MaxOutputTokens cannot be -1: set it to 0 or more, or leave it out")]
    [InlineData("RequestsPerMinute = {|PG0505:-1|}", "RequestsPerMinute cannot be -1: set it to 0 or more, or leave it out")]
    [InlineData("TokensPerMinute = {|PG0505:-1|}", "TokensPerMinute cannot be -1: set it to 0 or more, or leave it out")]
    [InlineData("TokenFactor = {|PG0505:0|}", "TokenFactor cannot be 0: set it to a number above 0 and at most 10, or leave it out")]
    [InlineData("TimeoutSeconds = {|PG0505:15_000|}", "TimeoutSeconds should not be 15000, more than an hour for one request: set it to 15 if milliseconds were meant, or leave it out")]
    [InlineData("TimeoutSeconds = {|PG0505:double.NaN|}", "TimeoutSeconds cannot be NaN: set it to a number of seconds from 0 to 86400, or leave it out")]
    public async Task Fires_in_a_catalog(string facts, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Catalog(facts))).Message("PG0505"));

    [Theory]
    [InlineData("InputPrice = 0, OutputPrice = 1_000_000, CachedInputPrice = double.NaN, CacheWritePrice = 1.25, BatchPrice = 1")]
    [InlineData("LongContextFrom = 272_000, LongContextInputPrice = 10, RequestsPerMinute = 500, TokensPerMinute = 2_000_000")]
    [InlineData("LongContextFrom = 272_000, LongContextOutputPrice = 45, BatchPrice = 0, TokenFactor = 10, TimeoutSeconds = 3_600")]
    [InlineData("ContextWindow = 0, MaxOutputTokens = 0, LongContextFrom = 0, RequestsPerMinute = 0, TokensPerMinute = 0, TimeoutSeconds = 0")]
    public Task Stays_silent_in_a_catalog(string facts) => Rule.VerifyAsync(Catalog(facts));

    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = 0, Repairs = 0, MaxOutputTokens = 0)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = 2, Repairs = 10, MaxOutputTokens = 15)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = double.NaN), Budget(1e9), Deadline(1e9)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = 0.5)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = 3_600)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = 0.5), Deadline(4)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline(1_000)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), Deadline(600)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), AcceptIf(nameof(IsGood)), Deadline(3_600)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Budget(5)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Deadline(0.5)]")]
    [InlineData("[RoutedPrompt(Tier.General), Deadline(2)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, MaxOutputTokens = 16_384)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, Fallbacks = [Models.Llama], MaxOutputTokens = 20_000)]")]
    [InlineData("[RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], HedgeAfter = 2)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, HedgeAfter = 4.9)]")]
    [InlineData("[RoutedPrompt(Models.Mini, HedgeAfter = 2), Canary(Models.Haiku, 5)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, HedgeAfter = 2), Ensemble(Models.Mini, Models.Haiku)]")]
    public Task Stays_silent(string attributes) => Rule.VerifyAsync(Prompt(attributes));

    [Theory]
    [InlineData("{|PG0505:0|}", "The probability cannot be 0: set it to a number above 0, at most 1, or leave it out")]
    [InlineData("{|PG0505:90|}", "The probability cannot be 90: set it to a number above 0, at most 1, or leave it out")]
    [InlineData("{|PG0505:double.NaN|}", "The probability cannot be NaN: set it to a number above 0, at most 1, or leave it out")]
    public async Task Fires_at_a_probability(string probability, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Likely(probability))).Message("PG0505"));

    [Theory]
    [InlineData("1e-9")]
    [InlineData("1")]
    public Task Stays_silent_at_a_probability(string probability) => Rule.VerifyAsync(Likely(probability));

    private static string Likely(string probability) => $$$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast, Features = ModelFeatures.StructuredOutput | ModelFeatures.LogProbabilities)]
            public const string Sure = "sure";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Own.Sure)]
            [PromptTemplate("{{ticket}}")]
            [AcceptLikely(0.5), AcceptLikely({{{probability}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;

    [Theory]
    [InlineData("Tier.Fast", "Task<Triage>", "Resume cannot be true where neither text nor elements are streamed: set it to true on a method that returns IAsyncEnumerable<string> or the elements of a list, or leave it out")]
    [InlineData("Tier.Fast", "IAsyncEnumerable<PromptSnapshot<Triage>>", "Resume cannot be true where neither text nor elements are streamed: set it to true on a method that returns IAsyncEnumerable<string> or the elements of a list, or leave it out")]
    [InlineData("Models.Mini", "IAsyncEnumerable<string>", "Resume cannot be true where the route has one model: set it to true together with Fallbacks, another model or EscalateTo, or leave it out")]
    public async Task Fires_where_nothing_can_resume(string route, string output, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Stream($"{route}, Resume = {{|PG0505:true|}}", output))).Message("PG0505"));

    [Theory]
    [InlineData("Tier.Fast, Resume = true", "IAsyncEnumerable<string>")]
    [InlineData("Tier.Fast, Resume = true", "IAsyncEnumerable<Triage>")]
    [InlineData("Models.Mini, Fallbacks = [Models.Haiku], Resume = true", "IAsyncEnumerable<string>")]
    [InlineData("Models.Mini, Resume = false", "IAsyncEnumerable<string>")]
    [InlineData("Tier.Fast, Resume = false", "Task<Triage>")]
    public Task Stays_silent_where_a_stream_can_resume(string route, string output) => Rule.VerifyAsync(Stream(route, output));

    [Theory]
    [InlineData("Repairs = {|PG0505:3|}", "IAsyncEnumerable<string>", "Repairs should not be 3 where no answer is ever sent back to its model: set it to 0, since a stream is not repaired, or leave it out")]
    [InlineData("Repairs = {|PG0505:3|}", "Task<string>", "Repairs should not be 3 where no answer is ever sent back to its model: set it to 3 together with an [AcceptIf] whose Repair is true, or leave it out")]
    [InlineData("MaxOutputTokens = {|PG0505:2|}", "Task<Queue>", "MaxOutputTokens should not be 2 where the shortest answer has 5 tokens, so that every answer is cut off: set it to what the longest answer needs, or leave it out")]
    [InlineData("MaxOutputTokens = {|PG0505:16|}", "Task<Tree>", "MaxOutputTokens should not be 16 where the shortest answer has 17 tokens, so that every answer is cut off: set it to what the longest answer needs, or leave it out")]
    [InlineData("MaxOutputTokens = {|PG0505:8|}", "Task<Essay>", "MaxOutputTokens should not be 8 where the shortest answer has 11 tokens, so that every answer is cut off: set it to what the longest answer needs, or leave it out")]
    [InlineData("HedgeAfter = {|PG0505:1_500|}", "IAsyncEnumerable<string>", "HedgeAfter should not be 1500, since every stream begins much earlier: set it to 1.5 if milliseconds were meant, or leave it out")]
    public async Task Fires_by_what_is_returned(string number, string output, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Stream($"Tier.Fast, {number}", output))).Message("PG0505"));

    [Theory]
    [InlineData("MaxOutputTokens = 1", "Task<string>")]
    [InlineData("HedgeAfter = 30", "IAsyncEnumerable<string>")]
    [InlineData("MaxOutputTokens = 1", "IAsyncEnumerable<Triage>")]
    [InlineData("MaxOutputTokens = 3", "Task<Optional>")]
    [InlineData("MaxOutputTokens = 17", "Task<Tree>")]
    [InlineData("MaxOutputTokens = 3", "Task<List<Triage>>")]
    [InlineData("MaxOutputTokens = 11", "Task<Essay>")]
    public Task Stays_silent_by_what_is_returned(string number, string output) => Rule.VerifyAsync(Stream($"Tier.Fast, {number}", output));

    [Fact]
    public Task Fires_where_a_type_holds_itself() => Rule.VerifyAsync("""
        public sealed record Node(string Name, Node? {|PG0304:Next|});

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, MaxOutputTokens = {|PG0505:6|})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Node> AskAsync(string ticket);
        }
        """);

    private static string Stream(string route, string output) => $$$"""
        public sealed record Tree(string Name, int Weight, [property: MinLength(1)] List<Leaf> Leaves, Leaf? Last);

        public sealed record Leaf(bool IsGreen);

        public sealed record Optional(string? Why = null);

        public sealed record Essay([property: MinLength(200)] string Text);

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial {{{output}}} AskAsync(string ticket);
        }
        """;

    private static string Catalog(string facts) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("ollama", Tier.Fast, {{facts}})]
            public const string Small = "phi-3";
        }
        """;

    private static string Prompt(string attributes) => $$$"""
        public sealed partial class Desk
        {
            {{{attributes}}}
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);

            private Task<Triage> QueueAsync(string ticket) => throw new TimeoutException();

            private static bool IsGood(Triage triage) => triage.Urgency > 1;
        }
        """;
}
