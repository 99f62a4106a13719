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
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:0|})]", "Seconds cannot be 0: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:-1.5|})]", "Seconds cannot be -1.5: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:86401|})]", "Seconds cannot be 86401: set it to a number of seconds above 0, at most 86400, or leave it out")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = {|PG0505:double.NaN|})]", "Seconds cannot be NaN: set it to a number of seconds above 0, at most 86400, or leave it out")]
    public async Task Fires(string attributes, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Prompt(attributes))).Message("PG0505"));

    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = 0, Repairs = 0, MaxOutputTokens = 0)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = 2, Repairs = 9, MaxOutputTokens = 9)]")]
    [InlineData("[RoutedPrompt(Tier.Fast, Temperature = double.NaN), Budget(1e6), Deadline(1e6)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = 0.5)]")]
    [InlineData("[RoutedPrompt(Tier.Fast), Fallback(nameof(QueueAsync), Seconds = 86_400)]")]
    public Task Stays_silent(string attributes) => Rule.VerifyAsync(Prompt(attributes));

    private static string Prompt(string attributes) => $$$"""
        public sealed partial class Desk
        {
            {{{attributes}}}
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);

            private Task<Triage> QueueAsync(string ticket) => throw new TimeoutException();
        }
        """;
}
