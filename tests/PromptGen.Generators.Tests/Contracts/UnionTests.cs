namespace PromptGen.Generators.Tests.Contracts;

/// <summary>Values that are one of several objects, which a tag or the members themselves distinguish.</summary>
public sealed class UnionTests
{
    private const string Declarations = """
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Transfer), "tran\"sfer"), JsonDerivedType(typeof(Cash), 3)]
        public abstract record Payment(decimal Amount);
        public sealed record Card(decimal Amount, string Number) : Payment(Amount);
        public sealed record Transfer(decimal Amount, Payment? Fee) : Payment(Amount);
        public sealed record Cash(decimal Amount) : Payment(Amount) { public Cash? Change { get; init; } }

        [JsonDerivedType(typeof(Text), "text"), JsonDerivedType(typeof(Image), "image")]
        public interface IPart;
        public sealed record Text(string Value) : IPart;
        public readonly record struct Image(Uri Source) : IPart;

        [JsonDerivedType(typeof(Base), "base"), JsonDerivedType(typeof(More), "more")]
        public record Base(int A);
        public sealed record More(int A, int B) : Base(A);

        public abstract record Shape(string? Name)
        {
            public sealed record Circle(double Radius, string? Name = null) : Shape(Name);
            public abstract record Box(string? Name) : Shape(Name);
        }
        public sealed record Square(double Side, string? Name = null) : Shape.Box(Name);
        public sealed record Rectangle(double Width, double Height, Shape? Inner = null) : Shape.Box((string?)null);

        public enum Up { North } public enum Down { South }
        public abstract record Event
        {
            public sealed record ByText([AllowedValues("a")] string Kind, int Value) : Event;
            public sealed record ByOther([AllowedValues("b", "c")] string Kind, int Value) : Event;
            public sealed record ByNumber(int Kind, int Value) : Event;
            public sealed record ByEnum(Up Kind, int Value) : Event;
            public sealed record BySouth(Down Kind, int Value) : Event;
        }

        public abstract record Result<T> { public sealed record Ok(T Value) : Result<T>; public sealed record Fault(string Error) : Result<T>; }

        public abstract record Expr { public sealed record Number(double Value) : Expr; public sealed record Sum(Expr Left, Expr Right) : Expr; }
        """;

    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts =
        new(() => TestContract.Of(["Payment", "IPart", "Base", "Shape", "Event", "Result<int>", "Expr", "Cash", "List<Shape?>"], Declarations));

    [Theory]
    [InlineData("Payment", """{"kind":"card","amount":1,"number":"4"}""", "Card { Amount = 1, Number = 4 }")]
    [InlineData("Payment", """{"amount":1,"number":"4","\u006bind":"card"}""", "Card { Amount = 1, Number = 4 }")]
    [InlineData("Payment", """{"amount":1,"fee":{"amount":2,"number":"5","kind":"card"},"kind":"tran\"sfer"}""", "Transfer { Amount = 1, Fee = Card { Amount = 2, Number = 5 } }")]
    [InlineData("Payment", """{"amount":1,"change":{"amount":2},"kind":3.0}""", "Cash { Amount = 1, Change = Cash { Amount = 2, Change =  } }")]
    [InlineData("Cash", """{"amount":1}""", "Cash { Amount = 1, Change =  }")]
    [InlineData("IPart", """{"$type":"text","value":"x"}""", "Text { Value = x }")]
    [InlineData("IPart", """{"source":"https://example.org/","$type":"image"}""", "Image { Source = https://example.org/ }")]
    [InlineData("Base", """{"a":1,"$type":"base"}""", "Base { A = 1 }")]
    [InlineData("Base", """{"a":1,"$type":"more","b":2}""", "More { A = 1, B = 2 }")]
    [InlineData("Shape", """{"radius":1}""", "Circle { Name = , Radius = 1 }")]
    [InlineData("Shape", """{"name":"x","side":1}""", "Square { Name = x, Side = 1 }")]
    [InlineData("Shape", """{"inner":{"side":2},"width":1,"height":2}""", "Rectangle { Name = , Width = 1, Height = 2, Inner = Square { Name = , Side = 2 } }")]
    [InlineData("Event", """{"kind":"a","value":1}""", "ByText { Kind = a, Value = 1 }")]
    [InlineData("Event", """{"value":1,"kind":"c"}""", "ByOther { Kind = c, Value = 1 }")]
    [InlineData("Event", """{"value":1,"kind":5}""", "ByNumber { Kind = 5, Value = 1 }")]
    [InlineData("Event", """{"value":1,"kind":"South"}""", "BySouth { Kind = South, Value = 1 }")]
    [InlineData("Result<int>", """{"error":"x"}""", "Fault { Error = x }")]
    [InlineData("Expr", """{"left":{"value":1},"right":{"right":{"value":3},"left":{"value":2}}}""", "Sum { Left = Number { Value = 1 }, Right = Sum { Left = Number { Value = 2 }, Right = Number { Value = 3 } } }")]
    public void A_case_is_read_as_what_it_is(string type, string json, string value)
    {
        var contract = s_contracts.Value[type];

        var reading = contract.Read(contract.IsWrapped ? $$"""{"value":{{json}}}""" : json);

        Assert.Empty(reading.Breaches);
        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Equal(value, reading.Value!.ToString());
    }

    [Theory]
    [InlineData("Payment", """{"kind":"cheque","amount":1}""", "/kind: one of \"card\", \"tran\\\"sfer\", 3 ← \"cheque\"")]
    [InlineData("Payment", """{"kind":{"a":[1]},"amount":1}""", "/kind: one of \"card\", \"tran\\\"sfer\", 3 ← {\"a\":[1]}")]
    [InlineData("Payment", """{"amount":1}""", "/kind: one of \"card\", \"tran\\\"sfer\", 3 ← nothing")]
    [InlineData("Payment", "[]", ": an object whose \"kind\" is one of \"card\", \"tran\\\"sfer\", 3 ← []")]
    [InlineData("Payment", "null", ": an object whose \"kind\" is one of \"card\", \"tran\\\"sfer\", 3 ← null")]
    [InlineData("Payment", """{"kind":"card","amount":1,"kind":"card","number":"4"}""", "/kind: the member only once ← the member again")]
    [InlineData("Payment", """{"kind":"card","amount":"x","number":"4"}""", "/amount: a number ← \"x\"")]
    [InlineData("Payment", """{"kind":"tran\"sfer","amount":1,"fee":{"kind":"x"}}""", "/fee/kind: one of \"card\", \"tran\\\"sfer\", 3 ← \"x\"")]
    [InlineData("Cash", """{"amount":1,"kind":3}""", "/kind: no member of this name, only \"amount\", \"change\" ← 3")]
    [InlineData("Shape", """{"radius":"1"}""", "/radius: a number ← \"1\"")]
    [InlineData("Shape", """{"radius":1,"color":"red"}""", "/color: no member of this name, only \"radius\", \"name\" ← \"red\"")]
    [InlineData("Shape", """{"width":1}""", "/height: a number ← nothing")]
    [InlineData("Shape", """{"name":"x"}""", ": an object with \"radius\", or one with \"side\", or one with \"width\", \"height\" ← {\"name\":\"x\"}")]
    [InlineData("Shape", "{}", ": an object with \"radius\", or one with \"side\", or one with \"width\", \"height\" ← {}")]
    [InlineData("Shape", "1", ": an object with \"radius\", or one with \"side\", or one with \"width\", \"height\" ← 1")]
    [InlineData("Event", """{"kind":"d","value":1}""", ": an object with \"kind\", \"value\", or one with")]
    [InlineData("List<Shape?>", """[{"side":1},null,{"side":null}]""", "/2/side: a number ← null")]
    public void What_is_no_case_is_a_breach_at_its_place(string type, string json, string breach)
    {
        var contract = s_contracts.Value[type];

        var reading = contract.Read(contract.IsWrapped ? $$"""{"value":{{json}}}""" : json, Tolerance.Exact);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.StartsWith((contract.IsWrapped ? "/value" : "") + breach, Assert.Single(reading.Breaches), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Payment", """{"value":{"amount":1,"number":"4","kind":"card"}}""")]
    [InlineData("Shape", """{"value":{"width":1,"inner":{"radius":2},"height":2}}""")]
    public void An_answer_that_ends_early_is_truncated_and_a_broken_one_is_reported_where_it_breaks(string type, string answer)
    {
        var contract = s_contracts.Value[type];
        for (var length = 1; length < answer.Length; length++)
        {
            Assert.Equal(PromptErrorCode.Truncated, contract.Read(answer[..length]).Code);
        }

        var broken = contract.Read(answer.Insert(answer.LastIndexOf(",\"", StringComparison.Ordinal) + 1, "?"));
        Assert.Equal(PromptErrorCode.InvalidJson, broken.Code);
        Assert.StartsWith("?", Assert.Single(broken.Violations).Actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"left\":", 100)) + "1" + new string('}', 100);

        var reading = s_contracts.Value["Expr"].Read($$"""{"value":{{deep}}}""");

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
    }

    [Fact]
    public void The_schema_names_each_case_and_a_recursive_union_is_defined_once()
    {
        const string Number = """{"type":"object","properties":{"value":{"type":"number"}},"required":["value"],"additionalProperties":false}""";
        const string Sum = """{"type":"object","properties":{"left":{"$ref":"#/$defs/Expr"},"right":{"$ref":"#/$defs/Expr"}},"required":["left","right"],"additionalProperties":false}""";
        Assert.Equal(
            $$$$"""{"type":"object","properties":{"value":{"$ref":"#/$defs/Expr"}},"required":["value"],"additionalProperties":false,"$defs":{"Expr":{"anyOf":[{{{{Number}}}},{{{{Sum}}}}]}}}""",
            s_contracts.Value["Expr"].Schema.GetRawText());
    }
}
