using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Routers;

/// <summary>
/// The embeddings of all examples, made once for all splits and kept in a file under the system's temporary folder, which is named after what was embedded. A run that is ended goes on where
/// it was; a second run only reads.
/// </summary>
/// <param name="vectors">The embeddings by what was read of their texts.</param>
/// <param name="inner">Makes those that are not kept.</param>
/// <param name="microseconds">The processor time of one embedding that is made alone: the median.</param>
internal sealed class KeptEmbeddings(Dictionary<string, float[]> vectors, MiniLmGenerator inner, double microseconds) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private const int Together = 16;
    private const int VectorBytes = MiniLmGenerator.Dimensions * sizeof(float);
    private const int Timed = 40;

    /// <summary>The processor time of one embedding that is made alone: the median.</summary>
    public double Microseconds { get; } = microseconds;

    public static KeptEmbeddings Of(IReadOnlyList<RouterExample> examples)
    {
        // Texts of about the same length are encoded together, so that little is filled up.
        var texts = examples.Select(static one => MiniLmGenerator.Read(one.Input)).Where(static text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal)
            .OrderBy(static text => text.Length).ThenBy(static text => text, StringComparer.Ordinal).ToArray();
        var generator = new MiniLmGenerator();
        var path = PathOf(texts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            Complete(file, texts, generator);
        }

        var numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
        var vectors = texts.Zip(numbers.Chunk(MiniLmGenerator.Dimensions)).ToDictionary(static one => one.First, static one => one.Second, StringComparer.Ordinal);
        return new KeptEmbeddings(vectors, generator, Time(texts, generator));
    }

    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        return texts.All(text => vectors.ContainsKey(MiniLmGenerator.Read(text)))
            ? Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(vectors[MiniLmGenerator.Read(text)]))))
            : base.GenerateAsync(texts, options, cancellationToken);
    }

    private static string PathOf(string[] texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{MiniLmGenerator.Model} {MiniLmGenerator.MaxLength}")));
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return Path.Combine(Path.GetTempPath(), "promptgen-embeddings", Convert.ToHexStringLower(hash.GetHashAndReset())[..16] + ".f32");
    }

    /// <summary>Writes the vectors that the file does not have yet, whole batches at a time.</summary>
    private static void Complete(FileStream file, string[] texts, MiniLmGenerator generator)
    {
        var kept = (int)Math.Min(file.Length / VectorBytes, texts.Length);
        var done = kept == texts.Length ? kept : kept / Together * Together;
        file.SetLength((long)done * VectorBytes);
        file.Position = file.Length;
        var started = TimeProvider.System.GetTimestamp();
        foreach (var batch in texts.Skip(done).Chunk(Together).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(batch => generator.Encode(batch)))
        {
            foreach (var vector in batch)
            {
                file.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }

            done += batch.Length;
            if (done % (Together * 32) == 0 || done == texts.Length)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {texts.Length} texts are embedded, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s"));
            }
        }
    }

    private static double Time(string[] texts, MiniLmGenerator generator)
    {
        var times = new double[Timed];
        for (var i = 0; i < Timed; i++)
        {
            var text = texts[i * (texts.Length - 1) / (Timed - 1)];
            var started = Environment.CpuUsage.TotalTime;
            generator.Encode([text]);
            times[i] = (Environment.CpuUsage.TotalTime - started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Timed / 2];
    }
}
