namespace EventFunctions.Local.Cosmos.Tests.Wire.Fuzzing;

/// <summary>
/// Whatever body comes, of a batch in either form, a patch, a query or an item, it is served or refused as the protocol has it: nothing else
/// is thrown, which would be a 500, and nothing hangs. <c>CODEC_FUZZ_INPUTS</c> asks for more inputs than the usual, <c>CODEC_FUZZ_SEED</c> for
/// others; what has failed once is kept as a case.
/// </summary>
public sealed class RequestFuzzTests
{
    private const int UsualInputs = 50_000;
    private const int UsualSeed = 20260401;

    /// <summary>Far more than any input needs; what takes longer grows with something it should not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Any_body_is_served_or_refused()
    {
        var inputs = int.TryParse(Environment.GetEnvironmentVariable("CODEC_FUZZ_INPUTS"), out var asked) ? asked : UsualInputs;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CODEC_FUZZ_SEED"), out var given) ? given : UsualSeed;
        var statuses = new Dictionary<int, int>();
        var target = await FuzzTarget.CreateAsync();
        for (var i = 0; i < inputs; i++)
        {
            if (i % FuzzTarget.GoodFor == 0)
            {
                target = await FuzzTarget.CreateAsync();
            }

            // Each input is of a seed of its own, so that one can be made again by itself.
            var status = await SendAsync(target, unchecked(seed + i));
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        Assert.Equal(inputs, statuses.Values.Sum());
        var told = string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"));
        Assert.True(statuses.Keys.All(s => s is >= 200 and < 500), told);
        Assert.True(statuses.GetValueOrDefault(400) > inputs / 10 && statuses.GetValueOrDefault(200) > inputs / 50 && statuses.GetValueOrDefault(207) > inputs / 100, told);
    }

    [Theory]
    [InlineData(UsualSeed)]
    public async Task What_has_failed_once_does_not_again(int seed) => Assert.InRange(await SendAsync(await FuzzTarget.CreateAsync(), seed), 200, 499);

    private static async Task<int> SendAsync(FuzzTarget target, int seed)
    {
        var input = FuzzInput.Of(new Random(seed));
        try
        {
            return await target.SendAsync(input).WaitAsync(Patience);
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"The input of seed {seed}, {input.Kind}: {Convert.ToBase64String(input.Body)}", other);
        }
    }
}
